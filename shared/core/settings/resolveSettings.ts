// Of every setting what holds, and who says so: the environment before the file, the file before the default.
import type { Json } from '../../schema/json.ts'
import { Settings } from '../../schema/settings.ts'
import type { SettingsFinding } from '../../schema/settingsFinding.ts'
import { withValue, type SaidSetting, type UsableSettings } from './readSettings.ts'
import { expectedOf, settingRows, valueAt, type SettingRow } from './settingRows.ts'
import { shownFound } from './settingsFindings.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** `kept`: a text of earlier, while the file cannot be used. */
export const settingSources = ['default', 'file', 'kept', 'environment'] as const
export type SettingSource = (typeof settingSources)[number]

export type ResolvedSetting = {
  readonly key: string
  /** As JSON text. */
  readonly value: string
  readonly source: SettingSource
  readonly said: SaidSetting | null
  /** What the variable says, and whether it can be used; null where it is not set. */
  readonly variable: {
    readonly name: string
    readonly text: string
    readonly isUsed: boolean
  } | null
}

export type ResolvedSettings = {
  readonly value: Settings
  readonly rows: readonly ResolvedSetting[]
  /** Of the environment. */
  readonly findings: readonly SettingsFinding[]
}

/** [E204] `usable` is null where no text says anything that holds; `said` is what the file says, where it is another. */
export function resolveSettings(
  {
    usable,
    from,
    said = usable?.said ?? new Map(),
  }: {
    readonly usable: UsableSettings | null
    readonly from: 'file' | 'kept'
    readonly said?: UsableSettings['said']
  },
  environment: Environment,
): ResolvedSettings {
  const given = settingRows.map((row) => ({ row, ...readVariable(row, environment) }))
  let value = (usable?.value ?? Settings.parse({})) as Json // settings are JSON
  for (const { row, json } of given)
    if (json !== null) value = withValue(value, row.key.split('.'), json)
  const settings = Settings.parse(value)
  const rows = given.map(({ row, variable, json }) => {
    const isSaid = usable?.said.has(row.key) === true
    const source = json !== null ? 'environment' : isSaid ? from : 'default'
    const shown = JSON.stringify(valueAt(settings, row.key.split('.')))
    return {
      key: row.key,
      value: shown,
      source,
      said: said.get(row.key) ?? null,
      variable,
    } as const
  })
  return { value: settings, rows, findings: given.flatMap(({ finding }) => finding ?? []) }
}

type Read = {
  readonly variable: ResolvedSetting['variable']
  /** Null: the next source holds. */
  readonly json: Json | null
  readonly finding: SettingsFinding | null
}

/** An empty variable says nothing. */
function readVariable(row: SettingRow, environment: Environment): Read {
  const name = row.variable
  const text = name === undefined ? '' : (environment[name] ?? '').trim()
  if (name === undefined || text === '') return { variable: null, json: null, finding: null }
  const json = readText(row, text)
  const variable = { name, text: text.slice(0, 200), isUsed: json !== null }
  if (json !== null) return { variable, json, finding: null }
  const found = shownFound(row.key.split('.'), JSON.stringify(text))
  const expected = expectedOf(row)
  const place = { pointer: null, line: null, column: null }
  return { variable, json, finding: { source: name, ...place, expected, found } }
}

function readText({ kind }: SettingRow, text: string): Json | null {
  if (kind.kind === 'switch') return switchWords.get(text.toLowerCase()) ?? null
  if (kind.kind === 'choice') return kind.choices.includes(text) ? text : null
  if (kind.kind !== 'number' || !/^\d{1,15}$/.test(text)) return null
  return Number(text) < kind.min ? null : Number(text)
}

const switchWords: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['yes', true],
  ['on', true],
  ['false', false],
  ['0', false],
  ['no', false],
  ['off', false],
])
