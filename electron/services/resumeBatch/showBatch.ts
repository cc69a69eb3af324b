import type { CallOutput, HandlerInput } from '../../../shared/contract/contract.ts'
import type { BatchItemView, BatchSummary } from '../../../shared/contract/resumeBatch.ts'
import {
  countsOf,
  isFailure,
  phaseOf,
  type BatchJob,
  type BatchRow,
} from '../../../shared/core/batch/batchJob.ts'
import type { ServiceContext } from '../context.ts'
import { openJob, type JobJournal } from './jobJournal.ts'

/** Newest first: ids begin with their time. */
export async function listBatches(
  context: ServiceContext,
  { offset, limit }: HandlerInput<'resume.batch.list'>,
): Promise<CallOutput<'resume.batch.list'>> {
  const ids = (await context.store.jobs()).toReversed()
  const batches: BatchSummary[] = []
  for (const id of ids.slice(offset, offset + limit))
    batches.push(summaryOf(context, id, (await lookAt(context, id)).job()))
  const next = offset + batches.length
  const nextOffset = next < ids.length && batches.length > 0 ? next : null
  return { batches, nextOffset, total: ids.length }
}

export async function getBatch(
  context: ServiceContext,
  { batch, offset, limit }: HandlerInput<'resume.batch.get'>,
): Promise<CallOutput<'resume.batch.get'>> {
  const job = (await lookAt(context, batch)).job()
  const ordered = job.rows
    .map((row, n) => ({ row, n, rank: rankOf(row) }))
    .toSorted((one, other) => one.rank - other.rank || one.n - other.n)
  const rows = ordered.slice(offset, offset + limit).map(({ row, n }) => viewOf(job, row, n))
  const next = offset + rows.length
  const nextOffset = next < ordered.length && rows.length > 0 ? next : null
  return { batch: summaryOf(context, batch, job), rows, nextOffset, total: ordered.length }
}

function lookAt(context: ServiceContext, batch: string): Promise<JobJournal> {
  return context.jobs?.look(batch) ?? openJob(context, batch)
}

/** What needs a person first, then what is under way, then what ended, and what is still to come last. */
function rankOf({ state, observed }: BatchRow): number {
  if (observed !== null)
    return isFailure(observed.outcome) ? 0 : observed.outcome === 'completed' ? 3 : 1
  return state === 'open' ? 4 : 2
}

function viewOf(job: BatchJob, row: BatchRow, n: number): BatchItemView {
  const { document, format, item, workflow, attempt, state, requestedAt, startedAt, observed } = row
  return {
    document,
    format,
    item,
    workflow,
    n,
    attempt,
    state,
    isCanary: n < job.created.pace.canary,
    requestedAt,
    startedAt,
    observedAt: observed?.at ?? null,
    outcome: observed?.outcome ?? null,
    sentence: observed?.sentence ?? null,
  }
}

export function summaryOf(
  { jobs }: Pick<ServiceContext, 'jobs'>,
  batch: string,
  job: BatchJob,
): BatchSummary {
  const { title, at, by, reason, options, pace, counts } = job.created
  const chosen = Object.values(counts).reduce((sum, count) => sum + count, 0)
  return {
    batch,
    title,
    createdAt: at,
    by,
    reason,
    phase: phaseOf(job),
    problem: jobs?.problem(batch)?.message ?? null,
    because: job.heldBecause ?? askedSentence(job),
    total: job.rows.length,
    counts: countsOf(job),
    leftOut: chosen - job.rows.length,
    host: job.taken === null ? null : `process ${job.taken.pid} on ${job.taken.host}`,
    options,
    pace,
  }
}

function askedSentence({ lastAsked, isPaused, isCancelled }: BatchJob): string | null {
  if (lastAsked === null || !(isPaused || isCancelled)) return null
  const why = lastAsked.reason === null ? '' : `: ${lastAsked.reason}`
  return `${isCancelled ? 'Cancelled' : 'Paused'} by ${lastAsked.by}${why}`
}
