// The state persistence of tapps-agents (`workflow.state_persistence` of its configuration) as settings of Unstuck.
import { Settings0 } from '../../schema/versions/settings0.ts'
import type { SettingChange } from './changeSettings.ts'
import { step0to1 } from './step0to1.ts'

export const tappsConfig = '.tapps-agents/config.yaml'

export type ImportedSettings = {
  readonly changes: readonly SettingChange[]
  /** Of each key of the configuration what became of it; `keys` is empty where it has no counterpart. */
  readonly taken: readonly {
    readonly path: string
    readonly value: string
    readonly keys: readonly string[]
    readonly note: string | null
  }[]
}

/** [E207] `config` is the parsed document. Null: it says nothing of state persistence. */
export function importTapps(config: unknown): ImportedSettings | null {
  const section = within(within(config, 'workflow'), 'state_persistence')
  if (typeof section !== 'object' || section === null) return null
  const leaves = leavesOf(section, '')
  const flat: Record<string, unknown> = {}
  const unread: ImportedSettings['taken'][number][] = []
  for (const { path, value } of leaves) {
    const key = names.get(path)
    const one = key === undefined ? null : Settings0.shape[key].safeParse(value)
    if (key !== undefined && one?.success === true) flat[key] = value
    else unread.push({ ...shown(path, value), keys: [], note: whyUnread(key) })
  }
  const moved = step0to1(Settings0.parse(flat))
  const taken = moved.map(({ from, value, to, note }) => {
    return { path: fullPath(pathOf(from)), value, keys: to.map(({ key }) => key), note }
  })
  const changes = moved.flatMap(({ to }) =>
    to.map(({ key, value }) => ({ key, json: JSON.stringify(value) })),
  )
  return { changes, taken: [...taken, ...unread] }
}

function whyUnread(key: string | undefined): string {
  return key === undefined
    ? 'Unstuck has nothing like it.'
    : 'This is no value that tapps-agents takes there.'
}

/** Where tapps-agents has what version 0 calls otherwise. */
const names: ReadonlyMap<string, Exclude<keyof Settings0, 'version'>> = new Map([
  ['enabled', 'enabled'],
  ['storage_location', 'storage_location'],
  ['format', 'format'],
  ['compression', 'compression'],
  ['checkpoint.enabled', 'checkpoint_enabled'],
  ['checkpoint.mode', 'checkpoint_frequency'],
  ['checkpoint.interval', 'checkpoint_interval'],
  ['cleanup.enabled', 'cleanup_enabled'],
  ['cleanup.retention_days', 'retention_days'],
  ['cleanup.keep_latest', 'max_states_per_workflow'],
  ['cleanup.max_size_mb', 'max_size_mb'],
  ['cleanup.cleanup_schedule', 'cleanup_schedule'],
])

function pathOf(key: keyof Settings0): string {
  return [...names].find(([, old]) => old === key)?.[0] ?? key
}

function shown(path: string, value: unknown): { readonly path: string; readonly value: string } {
  const text = JSON.stringify(value) ?? 'nothing'
  return { path: fullPath(path), value: text.slice(0, 200) }
}

function fullPath(path: string): string {
  return `workflow.state_persistence.${path}`
}

type Leaf = { readonly path: string; readonly value: unknown }

function leavesOf(value: unknown, path: string): readonly Leaf[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [{ path, value }]
  return Object.entries(value)
    .slice(0, 100)
    .flatMap(([key, inner]) => leavesOf(inner, path === '' ? key : `${path}.${key}`))
    .slice(0, 100)
}

function within(value: unknown, key: string): unknown {
  const isThere = typeof value === 'object' && value !== null && Object.hasOwn(value, key)
  return isThere ? (value as { readonly [key: string]: unknown })[key] : null // it has the key
}
