import { assertNever } from '../../../shared/assert.ts'
import type { CallOutput } from '../../../shared/contract/contract.ts'
import type { SettingsPlan, SettingState } from '../../../shared/contract/settings.ts'
import { mask } from '../../../shared/core/secrets/isNoSecret.ts'
import { maskText } from '../../../shared/core/secrets/maskSecrets.ts'
import { findingSentence } from '../../../shared/core/settings/settingsFindings.ts'
import type { Paint } from '../text/paint.ts'
import { printable, shortened } from '../text/printable.ts'
import { section, table } from '../text/table.ts'

type Settings = CallOutput<'settings.get'>
type Finding = Settings['findings'][number]

/** Every setting with its value and who says it, and everything that is wrong. */
export function describeSettings(
  { settings, findings, file, isOld, keptSince, importable }: Settings,
  paint: Paint,
): readonly string[] {
  const rows = settings.map((one) => [one.key, shownValue(one), sourceOf(one)])
  const head = ['SETTING', 'VALUE', 'FROM'].map((title) => paint('bold', title))
  const wrong = findings.map((finding) => findingLine(finding, 'unstuck.json'))
  const notes = [
    ...(file === null ? ['There is no unstuck.json: a setting that is set makes one.'] : []),
    ...(keptSince === null
      ? []
      : [`The settings of ${keptSince} stay in force: unstuck settings restore`]),
    ...(isOld ? ['unstuck.json is of an older version: unstuck settings migrate'] : []),
    ...(importable === null
      ? []
      : [`${importable} has settings of tapps-agents: unstuck settings import`]),
  ]
  return [
    ...table([head, ...rows]),
    ...section('Wrong', wrong),
    ...(notes.length === 0 ? [] : ['', ...notes]),
  ]
}

function shownValue({ key, value }: SettingState): string {
  const text =
    key.startsWith('redaction.values') && value.text !== '[]' ? mask : maskText(value.text)
  return shortened(text, 60)
}

function sourceOf({ source, said, variable }: SettingState): string {
  const over =
    said === null ? '' : ` (over ${shortened(maskText(said.json.text), 30)} in line ${said.line})`
  switch (source) {
    case 'default':
      return 'default'
    case 'file':
      return `unstuck.json, line ${said?.line ?? 1}`
    case 'kept':
      return 'the last settings that could be used'
    case 'environment':
      return `${variable?.name ?? 'environment'}${over}`
    default:
      return assertNever(source)
  }
}

/** As compilers write it, so that a terminal leads there. */
export function findingLine(finding: Finding, file: string): string {
  const { line, column, source } = finding
  const place =
    line === null ? '' : `${source === 'unstuck.json' ? file : source}:${line}:${column}: `
  return printable(`${place}${findingSentence({ ...finding, line: null })}`)
}

/** The text before and after, and what of it comes into force. */
export function describeSettingsPlan(plan: SettingsPlan): readonly string[] {
  const taken = plan.taken.map(({ path, value, keys, note }) => [
    printable(path),
    shortened(value, 30),
    keys.length === 0 ? 'no counterpart' : keys.join(', '),
    note ?? '',
  ])
  const rows = plan.rows.map(({ key, before, after, isOverridden }) => [
    key,
    isOverridden
      ? `${shortened(after, 40)}, which the environment says`
      : `${shortened(maskText(before), 40)} → ${shortened(maskText(after), 40)}`,
  ])
  return [
    ...plan.problems.map(printable),
    ...section('What was said', table(taken)),
    ...section('In force', table(rows)),
    ...section('unstuck.json', plan.lines.map(lineOf)),
    ...(plan.linesCut === 0 ? [] : [`  … ${plan.linesCut} more lines`]),
  ]
}

function lineOf({ before, after, text }: SettingsPlan['lines'][number]): string {
  const sign = before === null ? '+' : after === null ? '-' : ' '
  return `${sign} ${printable(maskText(text))}`
}
