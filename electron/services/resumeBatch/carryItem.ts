// One run of a batch, from its claim to what is observed of it.
import type { CancelSignal } from '../../../shared/cancel.ts'
import type { BatchJob, BatchRow } from '../../../shared/core/batch/batchJob.ts'
import { AppError, toAppError } from '../../../shared/errors.ts'
import type { RunId } from '../../../shared/schema/ids.ts'
import type { BatchMark } from '../../../shared/schema/journal.ts'
import type { ServiceContext } from '../context.ts'
import { applyEngineResume } from '../engineResume.ts'
import { readStoredRun } from '../openStoredRun.ts'
import { makeResumePlan } from '../planResumeOf.ts'
import { nativeRef, parseRunId } from '../refs.ts'
import { startResume } from '../startResume.ts'
import { waitRunTick } from '../waitRunTick.ts'
import { observeRun, type Observation } from './observeRun.ts'
import { inputOf } from './planRow.ts'

export type ItemOptions = {
  readonly batch: string
  readonly job: BatchJob
  readonly row: BatchRow
  readonly signal: CancelSignal
  /** Told when the run has taken up that it goes on. */
  readonly onStarted: () => Promise<void>
}

/** Null: the host ends, and a later one goes on with it. Throws only where this host cannot go on at all. */
export async function carryItem(
  context: ServiceContext,
  options: ItemOptions,
): Promise<Observation | null> {
  try {
    if (await isByProgram(context, options)) return await runEngine(context, options)
    await begin(context, options)
    await options.onStarted()
    return await follow(context, options)
  } catch (error) {
    return refusal(options, error)
  }
}

/** [R110] What a killed host left of a run: null where the run shows that it was not touched. */
export async function recoverItem(
  context: ServiceContext,
  options: ItemOptions,
): Promise<Observation | 'untouched' | null> {
  try {
    if (await isByProgram(context, options)) return cutCommand
    if (!(await isMarked(context, options))) return 'untouched'
    return await follow(context, options)
  } catch (error) {
    return refusal(options, error)
  }
}

const cutCommand: Observation = {
  outcome: 'inDoubt',
  sentence:
    'Its command was begun when the host ended: whether it did its work is not known. Look at it before it is tried again.',
  key: 'cut',
}

/** [R103] A command of another program leaves no mark by which it could be known again. */
async function isByProgram(context: ServiceContext, { row }: ItemOptions): Promise<boolean> {
  if (row.format !== 'unstuck') return true
  return (await readStoredRun(context, parseRunId(row.document))).run?.kind === 'thread'
}

/** [R109] By the very plan that was approved, and never a second time for the same attempt. */
async function begin(context: ServiceContext, options: ItemOptions): Promise<void> {
  const { batch, job, row } = options
  const id = parseRunId(row.document)
  if (await isMarked(context, options)) return
  const ref = nativeRef(context, id)
  const input = await inputOf(context, ref, { ...job.created.options, asOf: row.asOf })
  const mark: BatchMark = { id: batch, attempt: row.attempt }
  const { rev, digest } = row
  await startResume(context, { ...input, rev, digest, asOf: row.asOf }, told(batch, mark))
}

function told(batch: string, mark: BatchMark) {
  return { batch: mark, reason: `Batch ${batch}` }
}

async function isMarked(
  context: ServiceContext,
  { batch, row }: Pick<ItemOptions, 'batch' | 'row'>,
): Promise<boolean> {
  const { journal } = await context.store.read(parseRunId(row.document))
  return (journal?.records ?? []).some(
    (item) =>
      item.kind === 'known' &&
      item.record.type === 'runResumed' &&
      item.record.batch?.id === batch &&
      item.record.batch.attempt === row.attempt,
  )
}

async function follow(context: ServiceContext, options: ItemOptions): Promise<Observation | null> {
  const id = parseRunId(options.row.document)
  let pauseMs = firstLookMs
  while (!options.signal.aborted) {
    await settledOr(context, id, { ms: pauseMs, signal: options.signal })
    pauseMs = Math.min(longestLookMs, pauseMs * 2)
    if (options.signal.aborted) break
    const found = await observeRun(context, id)
    if (found === 'interrupted') {
      const held = await takeOver(context, options)
      if (held !== null) return held
    } else if (found !== null) return found
  }
  return null
}

/** Until this process has carried it to its rest, or it is time to look. */
async function settledOr(
  { executor }: ServiceContext,
  id: RunId,
  { ms, signal }: { readonly ms: number; readonly signal: CancelSignal },
): Promise<void> {
  const done = executor.find(id)?.done
  await (done === undefined
    ? waitRunTick(ms, signal)
    : Promise.race([done, waitRunTick(ms, signal)]))
}

/** [R110] Goes on with what a dead host carried: adopts, awaits, and runs what certainly never began. Asks nothing. */
async function takeOver(
  context: ServiceContext,
  { batch, job, row }: ItemOptions,
): Promise<Observation | null> {
  const id = parseRunId(row.document)
  const { stopAfter } = job.created.options
  const { run } = await readStoredRun(context, id)
  const isStopped = stopAfter !== null && endedSteps.has(run?.steps[stopAfter]?.status ?? '')
  if (isStopped)
    return {
      outcome: 'paused',
      sentence: `${stopAfter} is done, where it was to stop; its host ended there.`,
      key: null,
    }
  const input = {
    ref: nativeRef(context, id),
    from: null,
    fork: false,
    inputs: null,
    decisions: {},
    definition: 'recorded',
    stopAfter,
    asOf: context.now(),
  } as const
  const { plan, shown } = await makeResumePlan(context, input)
  if (!plan.ready)
    return {
      outcome: 'inDoubt',
      sentence: `Its host ended under it. ${plan.problems[0] ?? ''}`.slice(0, 500),
      key: 'interrupted',
    }
  const { rev, digest, asOf } = shown
  const mark = { id: batch, attempt: row.attempt, takenOver: true }
  try {
    await startResume(context, { ...input, rev, digest, asOf }, told(batch, mark))
  } catch (error) {
    // A step that ended in its wrapper meanwhile changed the plan: it is looked at again.
    if (!(error instanceof AppError) || error.code !== 'stale') throw error
  }
  return null
}

/** A short run is seen to be done at once; of a long one nobody is in a hurry. */
const firstLookMs = 100
const longestLookMs = 2_000

const endedSteps: ReadonlySet<string> = new Set(['succeeded', 'skipped'])

/** [R103] */
async function runEngine(context: ServiceContext, options: ItemOptions): Promise<Observation> {
  const { row, signal } = options
  const { document, format, item, rev, digest, asOf } = row
  const ref = { workspace: context.workspace.id, document, format, item }
  await options.onStarted()
  const ended = await applyEngineResume(
    context,
    { ref, from: null, rev, digest, asOf },
    { signal, progress: () => undefined },
  )
  const state = `${ended.before ?? 'no status'} before, ${ended.after ?? 'no status'} after`
  if (ended.exitCode === 0)
    return { outcome: 'completed', sentence: `Its command ended well: ${state}.`, key: null }
  const how =
    ended.exitCode === null
      ? `was ended by ${ended.signal ?? 'a signal'}`
      : `ended with ${ended.exitCode}`
  const last = ended.output.trimEnd().split('\n').at(-1) ?? ''
  const key = errorFingerprintOf(how, last)
  return { outcome: 'failed', sentence: `Its command ${how}: ${state}. ${last}`.slice(0, 500), key }
}

function errorFingerprintOf(how: string, last: string): string {
  return `command ${how}: ${last.replace(/\d+/g, '<n>').slice(0, 120)}`
}

/** A run that could not be begun keeps no other from it. What is wrong with this host or its disk does. */
function refusal({ row }: ItemOptions, error: unknown): Observation {
  const { code, message } = toAppError(error)
  if (code === 'bug' || code === 'read-only' || code === 'untrusted') throw error
  const sentence = message.slice(0, 500)
  return { outcome: 'refused', sentence, key: `${code}: ${sentence.replaceAll(row.document, '…')}` }
}
