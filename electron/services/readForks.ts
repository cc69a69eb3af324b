import type { RunDetail } from '../../shared/contract/runs.ts'
import { neverCancelled } from '../../shared/cancel.ts'
import { RunId } from '../../shared/schema/ids.ts'
import type { ServiceContext } from './context.ts'
import { originKey } from '../../shared/schema/origin.ts'
import type { FormatState } from './readFormat.ts'
import { refreshRows } from './listing/refreshRows.ts'

/** Runs that were forked from this one. */
export async function readForks(context: ServiceContext, run: RunId): Promise<RunDetail['forks']> {
  return forksNamed(context, run)
}

/** [F285] Runs that were imported from a document of another engine as it is now. */
export async function readTakers(
  context: ServiceContext,
  document: string,
  { revs }: FormatState,
): Promise<RunDetail['forks']> {
  const digest = revs.get(document)
  return digest === undefined ? [] : forksNamed(context, originKey({ document, digest }))
}

async function forksNamed(context: ServiceContext, name: string): Promise<RunDetail['forks']> {
  await refreshRows(context, neverCancelled)
  return context.index.rows
    .forksOf(name)
    .map((fork) => ({ run: RunId.parse(fork), checkpoint: null }))
}
