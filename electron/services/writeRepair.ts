import { encodeHead } from '../../shared/core/codec/encodeHead.ts'
import { listedFacts } from '../../shared/core/diagnose/listedFacts.ts'
import type { RepairOutcome } from '../../shared/core/repair/repairOutcome.ts'
import type { RepairPlan } from '../../shared/core/repair/repairPlan.ts'
import { replay } from '../../shared/core/run/replay.ts'
import type { RecordBody } from '../../shared/schema/journal.ts'
import type { Backup } from '../store/documentStore.ts'
import type { RunWriter } from '../store/store.ts'
import type { ServiceContext } from './context.ts'

type Repair = {
  readonly outcome: RepairOutcome
  readonly backup: Backup
  readonly plan: RepairPlan
}

/** Cuts what is damaged, and writes the good state behind it. */
export async function writeRepair(
  context: ServiceContext,
  writer: RunWriter,
  repair: Repair,
): Promise<void> {
  const { outcome } = repair
  if (outcome.cutJournalTo !== null) {
    // Until the keyframe is down only the head holds what stood behind the cut: a repair that ends in between leaves a
    // finding, and not a run that reads well and knows less.
    await writer.replaceHead(encodeHead(outcome.run, context.sha256))
    await writer.cutJournal(outcome.cutJournalTo)
  }
  if (outcome.continueAfterSeq !== null) writer.continueAfter(outcome.continueAfterSeq)
  const records = await writer.append(recordsOf(context, repair), { durable: true })
  const from = outcome.isStateOnly ? { from: outcome.run } : {}
  const repaired = replay(
    records.map((record) => ({ kind: 'known', record })),
    from,
  )
  if (repaired === null) return
  const listed = listedFacts(repaired, { journalBytes: writer.journalBytes(), records: [] })
  await writer.replaceHead(encodeHead(repaired, context.sha256, listed))
}

function recordsOf({ user: by }: ServiceContext, { outcome, backup, plan }: Repair) {
  const { dropped, lost, edit, run, isStateOnly } = outcome
  const source = plan.source ?? ''
  const records: RecordBody[] = [
    {
      type: 'repaired',
      source,
      backup: backup.id,
      dropped,
      ...(lost === null ? {} : { lost }),
      by,
      reason: edit?.reason ?? null,
    },
  ]
  if (!isStateOnly) records.push({ type: 'keyframe', run })
  // `repair` tells it from an edit that a person made: an undo of the repair takes it away again.
  if (edit !== null)
    records.push({ type: 'edited', patch: edit.patch, by, reason: edit.reason, repair: backup.id })
  return records
}
