import type {
  DocumentFile,
  DocumentPlan,
  EngineResumePlan,
} from '../../../shared/contract/documents.ts'
import type { EngineCleanupPlan } from '../../../shared/contract/engineCleanup.ts'
import type { ImportPlan } from '../../../shared/contract/documentImport.ts'
import { untrustedProblem } from '../../../shared/core/resume/untrustedProblem.ts'
import type { Paint } from '../text/paint.ts'
import { printable } from '../text/printable.ts'
import { count, size } from '../text/quantities.ts'
import { shellLine } from '../text/shellLine.ts'
import { indented, section, table } from '../text/table.ts'
import { withTrustHint } from '../text/trustHint.ts'

/** Every file that would be different, the part that differs before and after. */
export function describeDocumentPlan(plan: DocumentPlan, paint: Paint): readonly string[] {
  const repairs = plan.repairs.map(({ id, label, confidence, losses }) => [
    id === plan.repair ? '→' : ' ',
    printable(id),
    confidence,
    printable(label),
    printable(losses.join(' ')),
  ])
  return [
    `${printable(plan.document)} (${plan.engine}): ${count(plan.files.length, 'file')} would change`,
    ...section('Ways to repair it', table(repairs)),
    ...section('Fixes', table((plan.items ?? []).map(itemCells))),
    ...plan.files.flatMap((file) => ['', ...describeFile(file, paint)]),
    ...section('To know', plan.notes.map(printable)),
    ...section('Not ready', plan.problems.map(printable)),
  ]
}

type Item = NonNullable<DocumentPlan['items']>[number]

function itemCells({ id, sentence, line, column, pointer, confidence, ...item }: Item) {
  const state = !item.isChoice ? 'always' : item.isAccepted ? confidence : 'rejected'
  const place = `line ${line}, column ${column}${pointer === null ? '' : `, ${pointer}`}`
  return [state, printable(id), printable(`${sentence} (${place})`)]
}

function describeFile(file: DocumentFile, paint: Paint): readonly string[] {
  const { path, why, kind, before, after, line, truncated } = file
  const cut = truncated ? ['… more of it is left out'] : []
  const [old, now] = [linesOf(before), linesOf(after)]
  const head = old.findIndex((text, index) => text !== now[index])
  const start = head === -1 ? Math.min(old.length, now.length) : head
  const tail = sameTail(old.slice(start), now.slice(start))
  return [
    `${printable(path)}  ${kind}: ${printable(why)}  (line ${line})`,
    ...indented([
      ...old.slice(0, start).map((text) => `  ${printable(text)}`),
      ...old.slice(start, old.length - tail).map((text) => paint('red', `- ${printable(text)}`)),
      ...now.slice(start, now.length - tail).map((text) => paint('green', `+ ${printable(text)}`)),
      ...old.slice(old.length - tail).map((text) => `  ${printable(text)}`),
      ...cut,
    ]),
  ]
}

function linesOf(text: string | null): readonly string[] {
  if (text === null) return []
  return (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n')
}

function sameTail(one: readonly string[], other: readonly string[]): number {
  const most = Math.min(one.length, other.length)
  let same = 0
  while (same < most && one.at(-1 - same) === other.at(-1 - same)) same += 1
  return same
}

export function describeEngineResume(plan: EngineResumePlan, paint: Paint): readonly string[] {
  const command = plan.command === null ? [] : [printable(shellLine([...plan.command]))]
  return [
    `${printable(plan.document)} goes on by ${plan.engine}'s own command, if at all:`,
    ...indented(command.map((line) => paint('bold', line))),
    ...indented(sourceOf(plan)),
    ...section(
      'What that command does',
      table(plan.steps.map(({ step, does, reason }) => [printable(step), does, printable(reason)])),
    ),
    ...section('Dangers', plan.warnings.map(printable)),
    ...section('Not ready', plan.problems.map(printable)),
    ...(plan.trusted ? [] : ['', withTrustHint(untrustedProblem)]),
  ]
}

function sourceOf({ command, engine, setting, configured }: EngineResumePlan): readonly string[] {
  if (setting === undefined) return []
  if (command === null) return [`A whole command can be given as ${setting} in unstuck.json.`]
  return (configured ?? null) === null
    ? [`It is ${engine}'s own; ${setting} in unstuck.json can say where it is.`]
    : [`It is what ${setting} in unstuck.json says: ${printable(configured ?? '')}`]
}

export function describeImport(plan: ImportPlan): readonly string[] {
  return [
    plan.ready
      ? `${printable(plan.document)} (${plan.engine}) becomes run ${plan.run} of ${printable(plan.workflow ?? '')}`
      : `${printable(plan.document)} (${plan.engine}) cannot be imported`,
    ...indented(table(plan.steps.map(({ id, status }) => [printable(id), status]))),
    ...section('To know', plan.notes.map(printable)),
    ...section('Not ready', plan.problems.map(printable)),
  ]
}

export function describeEngineCleanup({
  rows,
  engines,
  total: all,
}: EngineCleanupPlan): readonly string[] {
  const victims = rows.filter(({ goes }) => goes)
  const shown = (some: typeof rows) =>
    table(
      some.map(({ engine, path, sizeBytes, reason }) => [
        engine,
        printable(path),
        size(sizeBytes),
        printable(reason),
      ]),
    )
  const total = all?.sizeBytes ?? victims.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  const files = all?.files ?? victims.length
  return [
    ...shown(victims),
    `${count(files, 'file')} of other engines would go to the trash, ${size(total)}.`,
    ...section('Stays', shown(rows.filter(({ goes }) => !goes))),
    ...engines.flatMap(({ engine, rules, dangers }) =>
      section(`Rules of ${engine}`, [
        ...(rules.length === 0 ? ['It has none of its own: nothing of it goes.'] : rules),
        ...dangers.map((danger) => `Mind: ${danger}`),
      ]),
    ),
  ]
}
