import { setImmediate as nextTurn } from 'node:timers/promises'
import type { BlameRow } from '../../shared/contract/compare.ts'
import type { CallOutput, HandlerInput, HandlerOptions } from '../../shared/contract/contract.ts'
import { createBlame, isWholeField, type BlamedRecord } from '../../shared/core/diff/blame.ts'
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
  const found = (
    await blame(records, { pointer: input.pointer, wanted: none }, signal)
  ).toReversed()
  const page = found.slice(input.offset, input.offset + input.limit)

  const { lineage } = run
  return {
    changes: (await withValues(page, records, { pointer: input.pointer, signal })).map((change) =>
      blameRow(change, run),
    ),
    total: found.length,
    parent: lineage === null ? null : { run: lineage.parent, checkpoint: lineage.checkpoint },
    problem: null,
  }
}

function unknown(problem: string): CallOutput<'state.blame'> {
  return { changes: [], total: 0, parent: null, problem }
}

/** Of a whole field the values are read in a second replay, for a page alone: each of them is a copy of all of it. */
async function withValues(
  page: readonly BlamedRecord[],
  records: readonly StoredRecord[],
  { pointer, signal }: { readonly pointer: string; readonly signal: CancelSignal },
): Promise<readonly BlamedRecord[]> {
  const [newest] = page
  if (newest === undefined || !isWholeField(pointer)) return page
  const wanted: ReadonlySet<unknown> = new Set(page.map(({ item }) => item))
  const until = records.filter(({ record }) => record.seq <= newest.item.record.seq)
  const found = await blame(until, { pointer, wanted }, signal)
  return found.filter(({ item }) => wanted.has(item)).toReversed()
}

const none: ReadonlySet<unknown> = new Set()

type BlameQuestion = {
  readonly pointer: string
  /** Records of which the values are to be kept. */
  readonly wanted: ReadonlySet<unknown>
}

/** In turns, so that whoever asked can take it back. */
async function blame(
  records: readonly StoredRecord[],
  { pointer, wanted }: BlameQuestion,
  signal: CancelSignal,
): Promise<readonly BlamedRecord[]> {
  const found = createBlame(pointer, (item) => wanted.has(item))
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
