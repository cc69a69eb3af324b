// Links between runs that go from one workspace to another together: each to the id that the other one gets there.
import type { Run } from '../../schema/run.ts'
import { isObject, type JsonObject } from './jsonObject.ts'

/** By the id that a run had, the one that it gets. Runs that stay behind are not in it. */
export type NewIds = ReadonlyMap<string, string>

/** [X102] Null where its parent stays behind. `was` is the id it had, where it has another now. */
export function relinked(
  lineage: unknown,
  { id, was, ids }: { readonly id: string; readonly was: string; readonly ids: NewIds },
): JsonObject | null {
  if (!isLineage(lineage)) return null
  const parent = ids.get(lineage.parent)
  if (parent === undefined) return null
  return { ...lineage, parent, ...(id === was ? {} : { was }) }
}

/** What waits for a run, waits for the one that it became. */
export function relinkedWait(owner: JsonObject, ids: NewIds): JsonObject {
  const { waitingOn } = owner
  if (!isObject(waitingOn) || waitingOn['kind'] !== 'run') return owner
  const { run: awaited } = waitingOn
  const run = typeof awaited === 'string' ? ids.get(awaited) : undefined
  return run === undefined ? owner : { ...owner, waitingOn: { ...waitingOn, run } }
}

/** What is to be told of the links of a run, once it is known which runs come along. */
export function linkNotes(run: Run, ids: NewIds): readonly string[] {
  const notes: string[] = []
  const { lineage } = run
  if (lineage !== null) {
    const parent = ids.get(lineage.parent)
    const word = lineage.relation === 'child' ? 'It was begun by a step of' : 'It was made of'
    if (parent === undefined)
      notes.push(`${word} run ${lineage.parent}, which is not imported with it.`)
    else if (parent !== lineage.parent)
      notes.push(
        `${word} run ${lineage.parent}, which becomes ${parent} here: the link follows it.`,
      )
  }
  for (const [step, { waitingOn }] of Object.entries(run.steps)) {
    if (waitingOn?.kind !== 'run') continue
    const child = ids.get(waitingOn.run)
    if (child === undefined)
      notes.push(`Step ${step} waits for run ${waitingOn.run}, which is not imported with it.`)
    else if (child !== waitingOn.run)
      notes.push(
        `Step ${step} waits for run ${waitingOn.run}, which becomes ${child} here: the link follows it.`,
      )
  }
  return notes.length <= mostNotes
    ? notes
    : [
        ...notes.slice(0, mostNotes),
        `${notes.length - mostNotes} more links of it lead to runs that are not imported with it or get another id.`,
      ]
}

const mostNotes = 20

function isLineage(value: unknown): value is JsonObject & { readonly parent: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'parent' in value &&
    typeof value.parent === 'string'
  )
}
