// The settings as a person sees and changes them: what holds and why, planned as a text, written with a backup, read back.
import type { CallOutput, HandlerInput } from '../../shared/contract/contract.ts'
import type { SettingsAction, SettingsPlan } from '../../shared/contract/settings.ts'
import { assertNever } from '../../shared/assert.ts'
import {
  changeSettings,
  migrateSettings,
  restoreSettings,
  type ChangedSettings,
} from '../../shared/core/settings/changeSettings.ts'
import { fitsPattern } from '../../shared/core/settings/fitsPattern.ts'
import { tappsConfig, type ImportedSettings } from '../../shared/core/settings/importTapps.ts'
import { linesBetween, type LineBetween } from '../../shared/core/diff/linesBetween.ts'
import { readSettingsText } from '../../shared/core/settings/readSettings.ts'
import { settingsFile } from '../../shared/core/settings/settingsFindings.ts'
import { resolveSettings } from '../../shared/core/settings/resolveSettings.ts'
import { AppError } from '../../shared/errors.ts'
import type { ServiceContext } from './context.ts'
import { lookAtSettings, readKept, type SettingsLook } from './lookAtSettings.ts'
import { planned, requireApproved, type Planned } from './planned.ts'
import { readSettingsFile } from './readMappings.ts'
import { readTappsSettings } from './readTappsSettings.ts'
import { writeSettings } from './writeSettings.ts'

type State = CallOutput<'settings.get'>

export async function getSettings(context: ServiceContext): Promise<State> {
  await context.reloadSettings?.()
  const look = await lookNow(context)
  const imported = await readTappsSettings(context.store)
  return {
    settings: look.rows.map(({ value, said, ...row }) => ({
      ...row,
      value: cut(value),
      said: said === null ? null : { ...said, json: cut(said.json) },
    })),
    findings: look.findings.slice(0, 200),
    file: look.file,
    isOld: look.isOld,
    keptSince: look.keptSince,
    importable: imported === null ? null : tappsConfig,
  }
}

/** What this host has in force; in a process without one, what it would have. */
async function lookNow({ store, settings, environment }: ServiceContext): Promise<SettingsLook> {
  return settings.look ?? lookAtSettings(store, { environment: environment ?? {}, last: null })
}

function cut(json: string): { readonly text: string; readonly isCut: boolean } {
  return { text: json.slice(0, longest), isCut: json.length > longest }
}
const longest = 20_000

export async function planSettings(
  context: ServiceContext,
  input: HandlerInput<'settings.plan'>,
): Promise<CallOutput<'settings.plan'>> {
  return (await makePlan(context, input)).shown
}

export async function trySettings({
  of,
  patterns,
  sample,
}: HandlerInput<'settings.try'>): Promise<CallOutput<'settings.try'>> {
  return { ends: patterns.map((pattern) => fitsPattern(of, pattern, sample)) }
}

/** [E211] */
export async function applySettings(
  context: ServiceContext,
  input: HandlerInput<'settings.apply'>,
): Promise<CallOutput<'settings.apply'>> {
  const { shown, after, rev } = await makePlan(context, input)
  requireApproved(shown, input, settingsFile)
  if (!shown.plan.ready || after === null) {
    const message = `unstuck.json is not changed: ${shown.plan.problems.join(' ')}`
    throw new AppError('invalid-input', message, { document: settingsFile })
  }
  return writeSettings(context, {
    call: 'settings.apply',
    text: after,
    rev,
    reason: reasons[input.action.kind],
    changes: shown.plan.rows.map(({ key, before, after: now }) => ({
      path: `/${key.replaceAll('.', '/')}`,
      before: before.slice(0, 200),
      after: now.slice(0, 200),
    })),
  })
}

const reasons = {
  set: 'settings',
  migrate: 'the settings are brought to the current version',
  import: 'the settings of tapps-agents',
  restore: 'the last settings that could be used',
} as const satisfies Record<SettingsAction['kind'], string>

type Made = {
  readonly shown: Planned<SettingsPlan>
  readonly after: string | null
  readonly rev: string | null
}

async function makePlan(
  context: ServiceContext,
  { action, asOf }: HandlerInput<'settings.plan'>,
): Promise<Made> {
  const { text, rev } = await readSettingsFile(context.store)
  const look = await lookAtSettings(context.store, {
    environment: context.environment ?? {},
    last: null,
  })
  const imported = action.kind === 'import' ? await readTappsSettings(context.store) : null
  const changed = await changeBy(context, { action, text, imported })
  const lines = linesBetween(text ?? '', changed.after ?? text ?? '')
  const shown = aroundChange(lines)
  const plan: SettingsPlan = {
    ready: changed.problems.length === 0 && changed.after !== null,
    problems: changed.problems.slice(0, 50),
    findings: changed.findings.slice(0, 50),
    rows: changedRows(context, look, changed.after),
    lines: shown.map((line) => ({ ...line, text: line.text.slice(0, longestLine) })),
    linesCut: lines.length - shown.length,
    taken: takenBy({ action, text, imported }),
  }
  const made = { rev: rev ?? 'none', asOf: asOf ?? context.now() }
  return { shown: planned(context, plan, made), after: changed.after, rev }
}

/** Of a long file what is near to the first change. */
function aroundChange(lines: readonly LineBetween[]): readonly LineBetween[] {
  if (lines.length <= mostLines) return lines
  const first = lines.findIndex(({ before, after }) => before === null || after === null)
  const from = Math.max(0, first - 20)
  return lines.slice(from, from + mostLines)
}

const mostLines = 600
const longestLine = 500

type Asked = {
  readonly action: SettingsAction
  readonly text: string | null
  readonly imported: ImportedSettings | null
}

async function changeBy(
  { store }: ServiceContext,
  { action, text, imported }: Asked,
): Promise<ChangedSettings> {
  switch (action.kind) {
    case 'set':
      return changeSettings(text, action.changes)
    case 'migrate':
      return migrateSettings(text)
    case 'import': {
      const problems = [`${tappsConfig} says nothing of state persistence that could be taken.`]
      if (imported === null) return { before: text, after: null, problems, findings: [] }
      return changeSettings(text, imported.changes)
    }
    case 'restore':
      return restoreSettings(text, (await readKept(store))?.text ?? null)
    default:
      return assertNever(action)
  }
}

/** What would be in force otherwise, and what the environment keeps as it is. */
function changedRows(
  { environment = {} }: ServiceContext,
  look: SettingsLook,
  after: string | null,
): SettingsPlan['rows'] {
  const reading = after === null ? null : readSettingsText(after)
  if (reading?.kind !== 'ok') return []
  const next = resolveSettings({ usable: reading, from: 'file' }, environment)
  const before = new Map(look.rows.map((row) => [row.key, row]))
  return next.rows.flatMap((row) => {
    const was = before.get(row.key)
    const isOverridden = row.source === 'environment' && row.said?.json !== was?.said?.json
    if (was === undefined || (was.value === row.value && !isOverridden)) return []
    return [{ key: row.key, before: was.value, after: row.value, isOverridden }].map((one) => ({
      ...one,
      before: one.before.slice(0, 2000),
      after: one.after.slice(0, 2000),
    }))
  })
}

function takenBy({ action, text, imported }: Asked): SettingsPlan['taken'] {
  if (imported !== null) return imported.taken.map((one) => ({ ...one, keys: [...one.keys] }))
  const reading = text === null || action.kind !== 'migrate' ? null : readSettingsText(text)
  if (reading?.kind !== 'ok') return []
  return reading.moved.map(({ from, value, to, note }) => ({
    path: from,
    value,
    keys: to.map(({ key }) => key),
    note,
  }))
}
