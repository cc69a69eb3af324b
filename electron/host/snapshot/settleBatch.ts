// What became of a batch that was cut, row by row. The operations log wins: each change of a batch has its lines there.
import type { BatchFacts, CutRow } from '../../../shared/contract/host.ts'
import type { HostBatch } from '../../../shared/schema/hostState.ts'
import type { Operation } from '../../store/operationLog.ts'
import { counted } from './counted.ts'

export type BatchEvidence = {
  /** In their order; null: they are not known. */
  readonly items: readonly string[] | null
  /** Operations of this call since it began, newest first; null: the log could not be read. */
  readonly operations: readonly Operation[] | null
}

export function settleBatch(batch: HostBatch, { items, operations }: BatchEvidence): BatchFacts {
  if (items === null)
    return { ...tellBatch(batch), problem: 'Which items it had is not known any more.' }
  const logged = operations === null ? null : newestByItem(operations)
  const told = new Map(batch.failures.map((failure) => [failure.item, failure]))
  const reached = reachedBy(batch)
  const rows = items.map((item, index): CutRow => {
    const failure = told.get(item)
    const operation = logged?.get(item)
    if (operation !== undefined) return loggedRow(item, operation)
    if (failure !== undefined) return failure
    if (index >= reached) return { item, outcome: 'not-reached', cause: null }
    return unloggedRow(item, logged !== null)
  })
  const problem =
    logged === null ? 'The operations log cannot be read: the state file says this.' : null
  return { ...named(batch), counts: countsOf(rows), rows: counted(inOrder(rows)), problem }
}

/** A batch that is under way or has ended: its rows are those that were not done. */
export function tellBatch(batch: HostBatch): BatchFacts {
  const { counts, failures } = batch
  const rows = counted(failures, counts.failed + counts.stale + counts.notReached)
  return { ...named(batch), counts: { ...counts, unfinished: 0 }, rows, problem: null }
}

/** Rows that came to an end, as far as the state file knows. */
export function reachedBy({ counts }: HostBatch): number {
  return counts.done + counts.failed + counts.stale + counts.notReached
}

function named(
  batch: HostBatch,
): Pick<BatchFacts, Exclude<keyof HostBatch, 'failures' | 'counts'>> {
  const { number, call, by, startedAt, endedAt, state, total } = batch
  return { number, call, by, startedAt, endedAt, state, total }
}

function newestByItem(operations: readonly Operation[]): ReadonlyMap<string, Operation> {
  return new Map(operations.toReversed().map((operation) => [operation.item, operation]))
}

function loggedRow(item: string, { state, error }: Operation): CutRow {
  if (state === 'done') return { item, outcome: 'done', cause: null }
  if (state === 'failed') return { item, outcome: 'failed', cause: error?.message ?? null }
  const cause = 'It was begun, and its end was not seen: look whether it was done.'
  return { item, outcome: 'unfinished', cause }
}

/** What is done has its lines in the log. Where that cannot be read, the state file is all there is. */
function unloggedRow(item: string, isLogRead: boolean): CutRow {
  if (!isLogRead) return { item, outcome: 'done', cause: null }
  return { item, outcome: 'failed', cause: 'It was refused before it was begun.' }
}

function countsOf(rows: readonly CutRow[]): BatchFacts['counts'] {
  const count = (outcome: CutRow['outcome']): number =>
    rows.filter((row) => row.outcome === outcome).length
  return {
    done: count('done'),
    failed: count('failed'),
    stale: count('stale'),
    unfinished: count('unfinished'),
    notReached: count('not-reached'),
  }
}

function inOrder(rows: readonly CutRow[]): readonly CutRow[] {
  return order.flatMap((outcome) => rows.filter((row) => row.outcome === outcome))
}

const order = ['unfinished', 'failed', 'stale', 'not-reached', 'done'] as const
