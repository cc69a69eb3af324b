import type { CallOutput, HandlerInput, HandlerOptions } from '../../../shared/contract/contract.ts'
import type { BatchItem, BatchRecord } from '../../../shared/core/batch/batchRecord.ts'
import type { ResumeBatchRow } from '../../../shared/core/batch/resumeBatchPlan.ts'
import { AppError } from '../../../shared/errors.ts'
import type { ServiceContext } from '../context.ts'
import { logged } from '../logged.ts'
import { requireExecution } from '../startRunGuards.ts'
import { approvedBatch } from './planBatch.ts'

/** [R101] Nothing is resumed before the whole batch is on disk; from then on it is worked on, here or by a later host. */
export async function startBatch(
  context: ServiceContext,
  input: HandlerInput<'resume.batch.start'>,
  options: HandlerOptions<'resume.batch.start'>,
): Promise<CallOutput<'resume.batch.start'>> {
  await requireExecution(context)
  const { plan, digest, asOf } = await approvedBatch(context, input, options)
  const items = plan.rows.flatMap(itemOf)
  if (items.length === 0)
    throw new AppError('invalid-input', 'None of these runs can be resumed as it is. See the plan.')

  const at = context.now()
  const batch = `${at.slice(0, 19).replace(/[-:]/g, '').toLowerCase()}-${context.randomId(6)}`
  const { definition, stopAfter, decisions, parallel, canary, guard, title, reason } = input
  const created: BatchRecord = {
    type: 'created',
    at,
    by: context.user,
    reason,
    title,
    asOf,
    options: { definition, stopAfter, decisions },
    pace: { parallel, canary, guard },
    counts: plan.counts,
    digest,
  }
  const lines = [created, ...inParts(items)].map((record) => JSON.stringify(record))
  const journal = context.store.layout.job(batch)
  const file = { before: journal, after: journal }
  await logged(context, { call: 'resume.batch.start', item: batch, reason, file }, () =>
    context.store.createJob(batch, lines),
  )
  context.emit('batch.progressed', { batch, done: 0, total: items.length })
  context.jobs?.take(batch)
  return { batch, total: items.length }
}

/** Only what is ready: an open question or a reason against it keeps a run out. */
function itemOf(row: ResumeBatchRow): readonly BatchItem[] {
  const { document, format, item, workflow, rev, digest, outcome } = row
  if (outcome !== 'ready' || rev === null || digest === null) return []
  return [{ document, format, item, workflow, rev, digest }]
}

function inParts(items: readonly BatchItem[]): readonly BatchRecord[] {
  const parts: BatchRecord[] = []
  for (let from = 0; from < items.length; from += partSize)
    parts.push({ type: 'items', items: items.slice(from, from + partSize) })
  return parts
}

const partSize = 500
