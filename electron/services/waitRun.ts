import type { CallOutput, HandlerInput, HandlerOptions } from '../../shared/contract/contract.ts'
import { summariseRecord } from '../../shared/core/run/summariseRecord.ts'
import { throwIfCancelled } from '../../shared/cancel.ts'
import type { JournalReading, StoredRecord } from '../../shared/schema/journalReading.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import type { ServiceContext } from './context.ts'
import { readStoredRun, requireRun, type OpenedRun } from './openStoredRun.ts'
import { runIdOf } from './refs.ts'
import { waitRunTick } from './waitRunTick.ts'

/**
 * Waits until the run rests and its lock is free, or until nobody carries it; says every record from its last start on as
 * it is seen. Reads the journal, so it does not matter which process carries the run.
 */
export async function waitRun(
  context: ServiceContext,
  input: HandlerInput<'run.wait'>,
  options: HandlerOptions<'run.wait'>,
): Promise<CallOutput<'run.wait'>> {
  const id = runIdOf(context, input.ref)
  let saidSeq: number | null = null
  let before: OpenedRun | null = null
  for (;;) {
    const sizeBytes = await journalBytes(context, id)
    const begin = performance.now()
    const opened = await readStoredRun(context, id)
    const end = performance.now()
    saidSeq = say(opened.stored.journal, saidSeq, options.progress)
    if (isSettled(opened) && (before === null ? isFree(opened) : isSame(before, opened)))
      return resultOf(context, opened)
    before = opened
    const notBefore = end + restPerReading * (end - begin)
    await changed(context, { id, sizeBytes, notBefore, signal: options.signal })
    throwIfCancelled(options.signal, `Waiting for run ${id}`)
  }
}

function resultOf(context: ServiceContext, opened: OpenedRun): CallOutput<'run.wait'> {
  const run = requireRun(opened)
  const error = run.error ?? context.executor.problem(run.id)
  return { status: run.status, liveness: opened.liveness, error: error?.message ?? null }
}

/** Nothing more is to be expected: it rests, or nobody carries it. */
function isSettled({ liveness }: OpenedRun): boolean {
  return liveness === 'none' || liveness === 'interrupted'
}

/** At rest with its lock given back. Where it seems to be left alone, a second look tells it from a run that just ended. */
function isFree({ liveness, holderState }: OpenedRun): boolean {
  return liveness === 'none' && holderState !== 'alive'
}

function isSame(before: OpenedRun, now: OpenedRun): boolean {
  return isFree(now) || (before.stored.rev === now.stored.rev && before.liveness === now.liveness)
}

function say(
  journal: JournalReading | null,
  saidSeq: number | null,
  progress: HandlerOptions<'run.wait'>['progress'],
): number {
  const records = journal?.records ?? []
  const from = saidSeq ?? lastStart(records)
  for (const item of records) {
    const { seq, type } = item.record
    if (seq <= from || type === 'keyframe') continue
    const step = 'step' in item.record ? item.record.step : null
    progress({
      seq,
      sentence: summariseRecord(item),
      step: typeof step === 'string' ? step : null,
      type,
    })
  }
  return records.at(-1)?.record.seq ?? from
}

/** The record before the one that last set the run going. */
function lastStart(records: readonly StoredRecord[]): number {
  const start = records.findLast(({ record }) => starts.has(record.type))
  return (start?.record.seq ?? 1) - 1
}

const starts = new Set(['runStarted', 'runResumed'])

/** Resolves when the journal has grown, when this process carries the run no more, or when it is time to look who does. */
async function changed(
  context: ServiceContext,
  from: {
    readonly id: RunId
    readonly sizeBytes: number | null
    /** Until then the journal is not read again, unless this process comes to the end of the run. */
    readonly notBefore: number
    readonly signal: HandlerOptions<'run.wait'>['signal']
  },
): Promise<void> {
  const wasCarried = context.executor.find(from.id) !== null
  for (let look = 1; !from.signal.aborted; look++) {
    await waitRunTick(lookMs, from.signal)
    if (wasCarried && context.executor.find(from.id) === null) return
    if (performance.now() < from.notBefore) continue
    if (look >= looksWithoutReading) return
    if ((await journalBytes(context, from.id)) !== from.sizeBytes) return
  }
}

async function journalBytes(context: ServiceContext, id: RunId): Promise<number | null> {
  const { store } = context
  const [slice] = await Promise.allSettled([
    store.readSlice(store.layout.journal(id), { offset: 0, limitBytes: 1 }),
  ])
  // Without a journal there is nothing to compare: the next full reading says what is wrong.
  return slice?.status === 'fulfilled' ? slice.value.sizeBytes : null
}

const lookMs = 100
const looksWithoutReading = 5
/** A journal is read whole: at most a tenth of the time goes into that, however long it has grown. */
const restPerReading = 9
