import type { CallOutput, HandlerInput } from '../../../shared/contract/contract.ts'
import { goesOn, isFailure, phaseOf, type BatchJob } from '../../../shared/core/batch/batchJob.ts'
import type { BatchRecord } from '../../../shared/core/batch/batchRecord.ts'
import { AppError } from '../../../shared/errors.ts'
import type { ServiceContext } from '../context.ts'
import { logged } from '../logged.ts'
import { requireExecution } from '../startRunGuards.ts'
import { openJob, type JobJournal } from './jobJournal.ts'
import { planRow } from './planRow.ts'
import { summaryOf } from './showBatch.ts'

type Input = HandlerInput<'resume.batch.control'>
type Output = CallOutput<'resume.batch.control'>

/** [R106] Said in the journal of the batch, where whichever host works on it reads it before it begins the next run. */
export async function controlBatch(context: ServiceContext, input: Input): Promise<Output> {
  const { batch, action, reason } = input
  if (action === 'continue' || action === 'retry') await requireExecution(context)
  const journal = await openJob(context, batch)
  requirePossible(journal, action)
  const path = context.store.layout.job(batch)
  const file = { before: path, after: path }
  const operation = { call: `resume.batch.${action}`, item: batch, reason, file }
  const told =
    action === 'continue' && goesOn(journal.job())
      ? nothingSaid
      : await logged(context, operation, () =>
          action === 'retry'
            ? retry(context, journal)
            : ask(context, journal, { ...input, action }),
        )
  const job = journal.job()
  const done = job.rows.filter(({ state }) => state === 'observed').length
  context.emit('batch.progressed', { batch, done, total: job.rows.length })
  // Whoever works on it hears the other words by themselves.
  if (action === 'continue' || action === 'retry') context.jobs?.take(batch)
  return { batch: summaryOf(context, batch, job), ...told }
}

type Told = Pick<Output, 'retried' | 'refused'>

/** It goes on already: this host takes it, if none has it. */
const nothingSaid: Told = { retried: 0, refused: [] }

async function ask(
  context: ServiceContext,
  journal: JobJournal,
  { action: control, reason }: Input & { readonly action: Exclude<Input['action'], 'retry'> },
): Promise<Told> {
  const by = context.user
  await journal.append([{ type: 'asked', at: context.now(), by, control, reason }], {
    durable: true,
  })
  return nothingSaid
}

/** What failed is planned as it is now: only a plan that is ready is begun again. */
async function retry(context: ServiceContext, journal: JobJournal): Promise<Told> {
  const { rows, created } = journal.job()
  const asOf = context.now()
  const items: Extract<BatchRecord, { type: 'retried' }>['items'] = []
  const refused: Output['refused'] = []
  for (const [n, row] of rows.entries()) {
    if (row.observed === null || !isFailure(row.observed.outcome)) continue
    const { document, format, item } = row
    const ref = { workspace: context.workspace.id, document, format, item }
    const planned = await planRow(context, ref, { ...created.options, asOf })
    const { outcome, rev, digest, sentence } = planned
    if (outcome === 'ready' && rev !== null && digest !== null) items.push({ n, rev, digest })
    else if (refused.length < mostTold) refused.push({ document, sentence: sentence ?? '' })
  }
  if (items.length > 0)
    await journal.append(
      [{ type: 'retried', at: asOf, by: context.user, asOf, items: [...items] }],
      { durable: true },
    )
  return { retried: items.length, refused }
}

function requirePossible({ id, job }: JobJournal, action: Input['action']): void {
  const why = whyNot(job(), action)
  if (why !== null) throw new AppError('invalid-input', `Batch ${id} ${why}`, { batch: id })
}

function whyNot(job: BatchJob, action: Input['action']): string | null {
  const phase = phaseOf(job)
  if (phase === 'cancelled')
    return 'is cancelled, for good. Plan a new one for the runs that are left.'
  if (phase === 'done' && action !== 'retry') return 'is done: every run of it has been observed.'
  if (action === 'pause' && phase === 'paused') return 'is paused already.'
  if (
    action === 'retry' &&
    !job.rows.some(({ observed }) => observed !== null && isFailure(observed.outcome))
  )
    return 'has no run that failed.'
  return null
}

const mostTold = 100
