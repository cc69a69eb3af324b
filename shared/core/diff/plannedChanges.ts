import type { Json } from '../../schema/json.ts'
import type { Change, ChangeCounts, PlannedChange } from './change.ts'
import type { Difference } from './diff.ts'

/** A plan is one message: it shows this many changes. */
const mostChanges = 200
/** Of all values that are shown together, and of one of them. */
const mostCharacters = 300_000
const mostOfOne = 8192

/** What a plan says of a difference. */
export type ToldChanges = {
  readonly changes: PlannedChange[]
  readonly total: number
  readonly counts: ChangeCounts
  readonly coarse: boolean
}

/** `characters`: of all values together, where the plan has more to say than what it changes. */
export function toldChanges(
  { changes, counts, coarse }: Difference,
  characters = mostCharacters,
): ToldChanges {
  const told = plannedChanges(changes, characters)
  return { changes: told, total: changes.length, counts, coarse }
}

/** The first changes, each with its values as text. */
export function plannedChanges(
  changes: readonly Change[],
  characters = mostCharacters,
): PlannedChange[] {
  const shown = changes.slice(0, mostChanges)
  const ofOne = Math.min(mostOfOne, Math.floor(characters / (2 * Math.max(1, shown.length))))
  return shown.map((change) => {
    const before = 'before' in change ? cut(change.before, ofOne) : null
    const after = 'after' in change ? cut(change.after, ofOne) : null
    return {
      kind: change.kind,
      path: change.path,
      from: change.kind === 'moved' ? change.from : null,
      before: before?.text ?? null,
      after: after?.text ?? null,
      truncated: (before?.isCut ?? false) || (after?.isCut ?? false),
    }
  })
}

function cut(value: Json, characters: number): { readonly text: string; readonly isCut: boolean } {
  const text = JSON.stringify(value, null, 2)
  return { text: text.slice(0, characters), isCut: text.length > characters }
}
