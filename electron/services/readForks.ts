import type { RunDetail } from '../../shared/contract/runs.ts'
import { neverCancelled } from '../../shared/cancel.ts'
import { RunId } from '../../shared/schema/ids.ts'
import type { ServiceContext } from './context.ts'
import { refreshRows } from './listing/refreshRows.ts'

/** Runs that were forked from this one. */
export async function readForks(context: ServiceContext, run: RunId): Promise<RunDetail['forks']> {
  await refreshRows(context, neverCancelled)
  return context.index.rows
    .forksOf(run)
    .map((fork) => ({ run: RunId.parse(fork), checkpoint: null }))
}
