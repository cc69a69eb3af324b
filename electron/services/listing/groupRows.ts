// Groups of rows by a column or two, each with its rows counted by status.
import type { RunGroup } from '../../../shared/contract/runs.ts'
import type { RunCondition, WordField } from '../../../shared/schema/runCondition.ts'
import { columnOf, flawedHealth } from './matchFilter.ts'
import type { TextCode } from './pooledTexts.ts'
import type { SavedTable } from './rowPlaces.ts'
import { timeText } from './timeKey.ts'

type Group = {
  readonly code: TextCode
  /** Of a version, the workflow's. */
  readonly workflow: TextCode
  count: number
  newest: number
  readonly statuses: Map<TextCode, number>
}

export type RowGroups = {
  readonly total: number
  readonly page: readonly RunGroup[]
}

/** The largest first; those without a value last. */
export function groupRows(
  { columns, pools, flaws }: SavedTable,
  rows: Int32Array,
  asked: { readonly by: WordField; readonly offset: number; readonly limit: number },
): RowGroups {
  const { by, offset, limit } = asked
  const { workflow, status, updatedAt } = columns
  const codes = columns[columnOf(by)]
  const texts = pools.texts
  // [I95]
  const flawed = by === 'health' && flaws.size > 0 ? texts.intern(flawedHealth) : null
  const groups = new Map<number, Group>()
  for (const place of rows) {
    const code = flawed !== null && flaws.has(place) ? flawed : (codes[place] ?? 0)
    const owner = by === 'version' ? (workflow[place] ?? 0) : 0
    const key = by === 'version' ? owner * pairs + code : code
    let group = groups.get(key)
    if (group === undefined) {
      group = { code, workflow: owner, count: 0, newest: Number.NaN, statuses: new Map() }
      groups.set(key, group)
    }
    group.count += 1
    const at = updatedAt[place] ?? Number.NaN
    if (!(at <= group.newest)) group.newest = Number.isNaN(at) ? group.newest : at
    const word = status[place] ?? 0
    group.statuses.set(word, (group.statuses.get(word) ?? 0) + 1)
  }
  const sorted = [...groups.values()].toSorted(
    (one, other) =>
      Number(one.code === 0) - Number(other.code === 0) ||
      other.count - one.count ||
      texts.compare(one.workflow, other.workflow) ||
      texts.compare(one.code, other.code),
  )
  const textOf = (code: TextCode): string | null => texts.textOf(code)
  return {
    total: sorted.length,
    page: sorted.slice(offset, offset + limit).map((group) => toRunGroup(group, by, textOf)),
  }
}

/** Codes of two columns as one number. */
const pairs = 2 ** 26

function toRunGroup(
  group: Group,
  by: WordField,
  textOf: (code: TextCode) => string | null,
): RunGroup {
  const value = textOf(group.code)
  const workflow = textOf(group.workflow)
  const statuses = [...group.statuses].map(([code, count]) => [textOf(code) ?? '', count] as const)
  return {
    value,
    ...(by === 'version' ? { workflow } : {}),
    count: group.count,
    statuses: Object.fromEntries(statuses),
    newestAt: timeText(group.newest),
    filter: [...(by === 'version' ? [isOne('workflow', workflow)] : []), isOne(by, value)],
  }
}

function isOne(field: WordField, text: string | null): RunCondition {
  return { kind: 'words', field, values: [text ?? ''], isNot: false }
}
