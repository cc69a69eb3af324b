// The diff room promises changes that turn one value into the other exactly, read well, and can be reversed.
import type { Json } from '../../schema/json.ts'
import type { Change, ChangeCounts } from './change.ts'
import { compareValues } from './compareValues.ts'
import type { ChosenKey } from './itemKey.ts'
import { createWalk, defaultMaxNodes } from './walk.ts'

export type Difference = {
  readonly changes: readonly Change[]
  readonly counts: ChangeCounts
  /** True when the budget ended the search: changes may be larger than they need to be, never wrong. */
  readonly coarse: boolean
}

export type DiffOptions = {
  /** Objects, lists and steps of a search that are looked at before what is left is told as a whole. */
  readonly maxNodes?: number
  /** By what the items of certain lists are told apart; of the other lists it is found. */
  readonly keys?: readonly ChosenKey[]
}

/**
 * What turns `before` into `after`. Objects are compared by key; lists by `id` (or name, key, seq, number) where every
 * item has one of its own, else by their longest common subsequence.
 *
 * Pointers of `removed`, `changed` and `moved.from` lead into `before`, those of `added`, `moved.path` and `changed.to`
 * into `after`. It always holds that `applyDiff(before, changes)` is `after`, the order of object keys aside.
 */
export function diff(before: Json, after: Json, options: DiffOptions = {}): Difference {
  const walk = createWalk(options.maxNodes ?? defaultMaxNodes, options.keys ?? [])
  compareValues(walk, before, after)
  return { changes: walk.changes, counts: countChanges(walk.changes), coarse: walk.coarse }
}

/** How many changes there are of each kind. */
export function countChanges(changes: readonly Change[]): ChangeCounts {
  const counts = { added: 0, removed: 0, changed: 0, moved: 0 }
  for (const change of changes) counts[change.kind] += 1
  return counts
}
