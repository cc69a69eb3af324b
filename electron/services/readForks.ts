import type { RunDetail } from '../../shared/contract/runs.ts'
import { readSummary } from '../../shared/core/codec/summaryLine.ts'
import { neverCancelled } from '../../shared/cancel.ts'
import type { Summary } from '../../shared/schema/head.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import type { Entry } from '../store/store.ts'
import type { ServiceContext } from './context.ts'
import { decodeLossy } from './decodeUtf8.ts'
import { mapBounded } from '../../shared/mapBounded.ts'
import { factsOf, listEntries } from './runIndex.ts'

/** Runs that were forked from this one. */
export async function readForks(context: ServiceContext, run: RunId): Promise<RunDetail['forks']> {
  const entries = await listEntries(context, { signal: neverCancelled })
  const found = await mapBounded(entries, 16, async (entry) =>
    entry.run !== null && (await isForkOf(context, entry, run)) ? [entry.run] : [],
  )
  return found.flat().map((fork) => ({ run: fork, checkpoint: null }))
}

/** A run is read whole only where the first line of its head does not say that it comes from elsewhere. */
async function isForkOf(context: ServiceContext, entry: Entry, run: RunId): Promise<boolean> {
  const known = context.index.facts.get(entry.document)
  if (known?.stamp === entry.stamp) return known.facts.forkOf === run
  const summary = await summaryOf(context, entry)
  if (summary !== null && summary.parent !== run) return false
  return (await factsOf(context, entry, new Set())).forkOf === run
}

/** Null where the head is missing or damaged: then the journal has to tell. */
async function summaryOf(context: ServiceContext, { document }: Entry): Promise<Summary | null> {
  const [start] = await Promise.allSettled([
    context.store.readSlice(document, { offset: 0, limitBytes: summaryBytes }),
  ])
  if (start.status === 'rejected') return null
  return readSummary(decodeLossy(start.value.bytes), context.sha256)
}

const summaryBytes = 1024
