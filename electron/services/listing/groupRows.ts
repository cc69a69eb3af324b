// Groups of rows by a column or two, each with its rows counted by status.
import type { RunGroup } from '../../../shared/contract/runList.ts'
import type { RunCondition, WordField } from '../../../shared/schema/runCondition.ts'
import { columnOf, flawedHealth } from './matchFilter.ts'
import type { TextCode } from './pooledTexts.ts'
import type { SavedTable } from './rowPlaces.ts'
import { splitTags } from './tagText.ts'
import type { TextPool } from './textPool.ts'
import { timeText } from './timeKey.ts'

type Group = {
  readonly code: TextCode
  /** Of a version, the workflow's. */
  readonly workflow: TextCode
  /** Of a group by tag; its code is that of all the tags of a run. */
  readonly tag?: string
  count: number
  newest: number
  readonly statuses: Map<string, number>
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
  const { workflow, updatedAt } = columns
  const codes = columns[columnOf(by)]
  const texts = pools.texts
  const statusAt = (place: number): string => texts.textOf(columns.shown[place] ?? 0) ?? ''
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
    const word = statusAt(place)
    group.statuses.set(word, (group.statuses.get(word) ?? 0) + 1)
  }
  const told = by === 'tag' ? byTag([...groups.values()], texts) : [...groups.values()]
  const sorted = told.toSorted(
    (one, other) =>
      Number(one.code === 0) - Number(other.code === 0) ||
      other.count - one.count ||
      texts.compare(one.workflow, other.workflow) ||
      compareNames(texts, one, other),
  )
  const textOf = (code: TextCode): string | null => texts.textOf(code)
  return {
    total: sorted.length,
    page: sorted.slice(offset, offset + limit).map((group) => toRunGroup(group, by, textOf)),
  }
}

function compareNames(texts: TextPool, one: Group, other: Group): number {
  if (one.tag === undefined || other.tag === undefined) return texts.compare(one.code, other.code)
  return one.tag === other.tag ? 0 : one.tag < other.tag ? -1 : 1
}

/** Of groups that have the same tags, groups of each tag: a run is in as many as it has tags. */
function byTag(groups: readonly Group[], texts: TextPool): readonly Group[] {
  const tagged = new Map<string, Group>()
  for (const group of groups) {
    for (const tag of splitTags(texts.textOf(group.code))) {
      const known = tagged.get(tag)
      tagged.set(tag, known === undefined ? { ...group, tag } : joined(known, group))
    }
  }
  return [...tagged.values(), ...groups.filter(({ code }) => code === 0)]
}

function joined(one: Group, other: Group): Group {
  const statuses = new Map(one.statuses)
  for (const [status, count] of other.statuses)
    statuses.set(status, (statuses.get(status) ?? 0) + count)
  const newest = one.newest >= other.newest ? one.newest : other.newest
  return { ...one, count: one.count + other.count, newest, statuses }
}

/** Codes of two columns as one number. */
const pairs = 2 ** 26

function toRunGroup(
  group: Group,
  by: WordField,
  textOf: (code: TextCode) => string | null,
): RunGroup {
  const value = group.tag ?? textOf(group.code)
  const workflow = textOf(group.workflow)
  return {
    value,
    ...(by === 'version' ? { workflow } : {}),
    count: group.count,
    statuses: Object.fromEntries(group.statuses),
    newestAt: timeText(group.newest),
    filter: [...(by === 'version' ? [isOne('workflow', workflow)] : []), isOne(by, value)],
  }
}

function isOne(field: WordField, text: string | null): RunCondition {
  return { kind: 'words', field, values: [text ?? ''], isNot: false }
}
