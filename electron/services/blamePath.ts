import { setImmediate as nextTurn } from 'node:timers/promises'
import type { BlameRow } from '../../shared/contract/compare.ts'
import type { CallOutput, HandlerInput, HandlerOptions } from '../../shared/contract/contract.ts'
import { createBlame, type BlamedRecord } from '../../shared/core/diff/blame.ts'
import { summariseRecord } from '../../shared/core/run/summariseRecord.ts'
import { throwIfCancelled, type CancelSignal } from '../../shared/cancel.ts'
import type { StoredRecord } from '../../shared/schema/journalReading.ts'
import type { Checkpoint, Run } from '../../shared/schema/run.ts'
import type { ServiceContext } from './context.ts'
import { cutJson } from './cutJson.ts'
import { readStoredRun, requireRun } from './openStoredRun.ts'
import { checkpointOf } from './readState.ts'
import { requireWorkspace, runIdOf } from './refs.ts'

/** Which records changed the value at a path, newest first, a page at a time. */
export async function blamePath(
  context: ServiceContext,
  input: HandlerInput<'state.blame'>,
  { signal }: HandlerOptions<'state.blame'>,
): Promise<CallOutput<'state.blame'>> {
  requireWorkspace(context, input.ref)
  if (input.ref.format !== 'unstuck') return unknown('It has no journal, so nothing is known.')
  const opened = await readStoredRun(context, runIdOf(context, input.ref))
  const run = requireRun(opened)
  const { journal } = opened.stored
  if (journal === null) return unknown('The journal of this run is gone, so nothing is known.')

  const untilSeq = input.checkpoint === null ? Infinity : checkpointOf(run, input.checkpoint).seq
  const records = journal.records.filter(({ record }) => record.seq <= untilSeq)
  const changes = (await blame(records, input.pointer, signal)).toReversed()

  const { lineage } = run
  return {
    changes: changes
      .slice(input.offset, input.offset + input.limit)
      .map((change) => blameRow(change, run)),
    total: changes.length,
    parent: lineage === null ? null : { run: lineage.parent, checkpoint: lineage.checkpoint },
    problem: null,
  }
}

function unknown(problem: string): CallOutput<'state.blame'> {
  return { changes: [], total: 0, parent: null, problem }
}

/** In turns, so that whoever asked can take it back. */
async function blame(
  records: readonly StoredRecord[],
  pointer: string,
  signal: CancelSignal,
): Promise<readonly BlamedRecord[]> {
  const found = createBlame(pointer)
  for (const [index, item] of records.entries()) {
    if (index % turnRecords === 0) {
      await nextTurn()
      throwIfCancelled(signal, 'Blame')
    }
    found.add(item)
  }
  return found.changes()
}

const turnRecords = 2000

function blameRow({ item, before, after, gapFromSeq }: BlamedRecord, run: Run): BlameRow {
  const { record } = item
  const [old, now] = [cutJson(before), cutJson(after)]
  return {
    seq: record.seq,
    at: record.at,
    type: record.type,
    step: 'step' in record && typeof record.step === 'string' ? record.step : null,
    sentence: summariseRecord(item).slice(0, 500),
    before: old.text,
    after: now.text,
    truncated: old.truncated || now.truncated,
    gapFromSeq,
    checkpoint: firstWith(run.checkpoints, record.seq),
  }
}

function firstWith(checkpoints: readonly Checkpoint[], seq: number): BlameRow['checkpoint'] {
  const found = checkpoints.find((checkpoint) => checkpoint.seq >= seq)
  return found === undefined ? null : { id: found.id, name: found.name }
}
