// The diff room promises changes that turn one value into the other exactly, read well, and can be reversed.
import type { Json } from '../../schema/json.ts'
import type { Change, ChangeCounts } from './change.ts'
import { sharedKey } from './itemKey.ts'
import {
  definedKeys,
  isEqualJson,
  isList,
  isRecord,
  ownValue,
  type JsonList,
  type JsonRecord,
} from './jsonShape.ts'
import { matchItems } from './matchItems.ts'
import { stablePairs } from './stablePairs.ts'
import { pointer } from '../../schema/pointer.ts'

export type Difference = {
  readonly changes: readonly Change[]
  readonly counts: ChangeCounts
  /** True when the budget ended the search: changes may be larger than they need to be, never wrong. */
  readonly coarse: boolean
}

/**
 * What turns `before` into `after`. Objects are compared by key; lists by `id` (or name, key, seq, number) where every
 * item has one of its own, else by their longest common subsequence.
 *
 * Pointers of `removed`, `changed` and `moved.from` lead into `before`, those of `added`, `moved.path` and `changed.to`
 * into `after`. It always holds that `applyDiff(before, changes)` is `after`, the order of object keys aside.
 */
export function diff(
  before: Json,
  after: Json,
  options: { readonly maxNodes?: number } = {},
): Difference {
  const walk: Walk = { changes: [], budget: options.maxNodes ?? defaultMaxNodes, coarse: false }
  compare(walk, { before, after }, null)
  return { changes: walk.changes, counts: countChanges(walk.changes), coarse: walk.coarse }
}

/** How many changes there are of each kind. */
export function countChanges(changes: readonly Change[]): ChangeCounts {
  const counts = { added: 0, removed: 0, changed: 0, moved: 0 }
  for (const change of changes) counts[change.kind] += 1
  return counts
}

const defaultMaxNodes = 1_000_000
/** Deeper values are compared as a whole: neither finding nor applying a change may exhaust the call stack. */
const maxDepth = 400

type Walk = { readonly changes: Change[]; budget: number; coarse: boolean }
type Pair<T extends Json> = { readonly before: T; readonly after: T }

/** Where a pair of values stands, as a chain of keys: pointers are only spelt out for what differs. */
type Place = {
  readonly above: Place | null
  readonly from: string | number
  readonly to: string | number
  readonly depth: number
}

function compare(walk: Walk, pair: Pair<Json>, place: Place | null): void {
  const { before, after } = pair
  if (Object.is(before, after)) return
  walk.budget -= 1
  const bothLists = isList(before) && isList(after)
  if (!bothLists && !(isRecord(before) && isRecord(after))) return addChanged(walk, pair, place)
  if (walk.budget <= 0 || (place?.depth ?? 0) >= maxDepth) return compareWhole(walk, pair, place)
  if (bothLists) return compareLists(walk, { before, after }, place)
  if (isRecord(before) && isRecord(after)) compareRecords(walk, { before, after }, place)
}

function compareWhole(walk: Walk, pair: Pair<Json>, place: Place | null): void {
  if (isEqualJson(pair.before, pair.after)) return
  walk.coarse = true
  addChanged(walk, pair, place)
}

function compareRecords(walk: Walk, { before, after }: Pair<JsonRecord>, place: Place | null) {
  for (const key of definedKeys(before)) {
    const one = ownValue(before, key)
    const other = ownValue(after, key)
    if (one === undefined) continue
    const at = below(place, key, key)
    if (other === undefined) walk.changes.push({ kind: 'removed', path: fromPath(at), before: one })
    else compare(walk, { before: one, after: other }, at)
  }
  for (const key of definedKeys(after)) {
    const value = ownValue(after, key)
    if (value === undefined || ownValue(before, key) !== undefined) continue
    walk.changes.push({ kind: 'added', path: toPath(below(place, key, key)), after: value })
  }
}

function compareLists(walk: Walk, pair: Pair<JsonList>, place: Place | null): void {
  const key = sharedKey(pair.before, pair.after)
  if (key === null) return compareByContent(walk, pair, place)
  const after = new Map(pair.after.map((item, index) => [key(item), index]))
  const pairs = pair.before.flatMap((item, from) => {
    const to = after.get(key(item))
    return to === undefined ? [] : [{ from, to }]
  })
  compareMatched(walk, pair, { place, pairs })
}

function compareByContent(walk: Walk, pair: Pair<JsonList>, place: Place | null): void {
  const match = matchItems(pair.before, pair.after, walk.budget)
  walk.budget -= match.cost
  walk.coarse ||= match.coarse
  compareMatched(walk, pair, { place, pairs: match.pairs })
}

/** Items that are paired are compared; those among them that left the common order are also `moved`. */
function compareMatched(
  walk: Walk,
  { before, after }: Pair<JsonList>,
  { place, pairs }: { place: Place | null; pairs: readonly { from: number; to: number }[] },
): void {
  const fromOf = new Map(pairs.map(({ from, to }) => [to, from]))
  const kept = new Set(pairs.map(({ from }) => from))
  const stable = new Set(stablePairs(pairs).map(({ from }) => from))
  before.forEach((item, from) => {
    if (kept.has(from)) return
    walk.changes.push({ kind: 'removed', path: fromPath(below(place, from, from)), before: item })
  })
  after.forEach((item, to) => {
    const from = fromOf.get(to)
    const earlier = from === undefined ? undefined : before[from]
    const at = below(place, from ?? to, to)
    if (from === undefined || earlier === undefined)
      return walk.changes.push({ kind: 'added', path: toPath(at), after: item })
    if (!stable.has(from))
      walk.changes.push({ kind: 'moved', path: toPath(at), from: fromPath(at) })
    return compare(walk, { before: earlier, after: item }, at)
  })
}

function addChanged(walk: Walk, { before, after }: Pair<Json>, place: Place | null): void {
  const path = fromPath(place)
  const to = toPath(place)
  walk.changes.push({ kind: 'changed', path, ...(to === path ? {} : { to }), before, after })
}

function below(above: Place | null, from: string | number, to: string | number): Place {
  return { above, from, to, depth: (above?.depth ?? 0) + 1 }
}

function fromPath(place: Place | null): string {
  return place === null ? '' : fromPath(place.above) + pointer(place.from)
}

function toPath(place: Place | null): string {
  return place === null ? '' : toPath(place.above) + pointer(place.to)
}
