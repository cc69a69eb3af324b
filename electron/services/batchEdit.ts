// One edit in many runs: a row a run before, and a row a run of what came of it.
import type { CallOutput, HandlerInput, HandlerOptions } from '../../shared/contract/contract.ts'
import type { CancelSignal } from '../../shared/cancel.ts'
import { throwIfCancelled } from '../../shared/cancel.ts'
import type { BatchEditPlan, BatchEditRow, EditPlan } from '../../shared/core/edit/editPlan.ts'
import { AppError, toAppError } from '../../shared/errors.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import { batch, type BatchRow, type Unneeded } from './batch.ts'
import type { ServiceContext } from './context.ts'
import { makeEditPlan, whyNotReady, writeEdit } from './editRun.ts'
import { planned, type Planned } from './planned.ts'
import { parseRunId } from './refs.ts'
import { rememberPlan } from './shownPlans.ts'

type BatchInput = Pick<HandlerInput<'edit.batch.plan'>, 'runs' | 'edit' | 'asOf'>

/** [N22] What the edit would do in each run. The rest of a plan that was shown is given from memory. */
export async function planBatchEdit(
  context: ServiceContext,
  input: HandlerInput<'edit.batch.plan'>,
  { signal }: Pick<HandlerOptions<'edit.batch.plan'>, 'signal'>,
): Promise<CallOutput<'edit.batch.plan'>> {
  const shown = remembered(context, input) ?? (await makeBatchPlan(context, input, signal))
  rememberPlan(context, shown)
  const { plan } = shown
  const rows = plan.rows.slice(input.offset, input.offset + input.limit)
  return { ...shown, plan: { ...plan, rows } }
}

/** [N22] [N23] Run after run, each under its own lock; one that changed or fails leaves the others to be done. */
export async function applyBatchEdit(
  context: ServiceContext,
  input: HandlerInput<'edit.batch.apply'>,
  options: HandlerOptions<'edit.batch.apply'>,
): Promise<CallOutput<'edit.batch.apply'>> {
  const { plan } = await approvedPlan(context, input, options.signal)
  const rows = plan.rows.map((row): BatchRow => ({
    item: row.run,
    work: () => editOne(context, row, input),
  }))
  const outcomes = await batch(context, { call: 'edit.batch.apply', rows }, options)
  return { rows: [...outcomes] }
}

/** The plan that was shown, else the same one made again. */
async function approvedPlan(
  context: ServiceContext,
  input: HandlerInput<'edit.batch.apply'>,
  signal: CancelSignal,
): Promise<Planned<BatchEditPlan>> {
  const known = remembered(context, input)
  if (known?.rev === input.rev) return known
  const made = await makeBatchPlan(context, input, signal)
  if (made.digest === input.digest && made.rev === input.rev) return made
  throw new AppError('stale', 'Runs changed since you looked. Review the plan again.')
}

function remembered(
  context: ServiceContext,
  { digest, asOf }: { readonly digest: string | null; readonly asOf: string | null },
): Planned<BatchEditPlan> | null {
  const plan = digest === null ? undefined : context.shownPlans.get(digest)
  if (digest === null || asOf === null || plan === undefined || !isBatchEdit(plan)) return null
  return { plan, digest, rev: revOf(context, plan), asOf }
}

function isBatchEdit(plan: object): plan is BatchEditPlan {
  return 'counts' in plan && 'rows' in plan
}

async function makeBatchPlan(
  context: ServiceContext,
  input: BatchInput,
  signal: CancelSignal,
): Promise<Planned<BatchEditPlan>> {
  const asOf = input.asOf ?? context.now()
  const rows: BatchEditRow[] = []
  for (const run of new Set(input.runs)) {
    throwIfCancelled(signal, 'The plan')
    rows.push(await planRow(context, run, { ...input, asOf }))
  }
  const counts = { ready: 0, unchanged: 0, refused: 0 }
  for (const { outcome } of rows) counts[outcome] += 1
  const plan: BatchEditPlan = { rows, total: rows.length, counts, ready: counts.ready > 0 }
  return planned(context, plan, { rev: revOf(context, plan), asOf })
}

function revOf(context: ServiceContext, { rows }: BatchEditPlan): string {
  return `sha256:${context.sha256(JSON.stringify(rows.map(({ run, rev }) => [run, rev])))}`
}

async function planRow(
  context: ServiceContext,
  run: RunId,
  input: BatchInput,
): Promise<BatchEditRow> {
  try {
    const { shown } = await makeEditPlan(context, run, requestOf(input))
    return rowOf(run, shown)
  } catch (error) {
    const { code, message } = toAppError(error)
    if (code === 'bug' || code === 'cancelled') throw error
    return { run, rev: null, outcome: 'refused', before: null, after: null, sentence: message }
  }
}

function requestOf({ edit, asOf }: BatchInput) {
  return { edits: [edit], base: null, asOf }
}

function rowOf(run: RunId, { plan, rev }: Planned<EditPlan>): BatchEditRow {
  const [row] = plan.rows
  const before = row?.before ?? null
  if (plan.ready) {
    const told = [...(row?.also ?? []), ...plan.warnings.map(({ sentence }) => sentence)]
    const sentence = told.length === 0 ? null : told.join(' ').slice(0, 500)
    return { run, rev, outcome: 'ready', before, after: row?.after ?? null, sentence }
  }
  const isSame = plan.problems.length === 1 && plan.problems[0]?.rule === 'N13'
  const sentence = isSame ? 'It is so already.' : whyNotReady(plan).join(' ').slice(0, 500)
  return { run, rev, outcome: isSame ? 'unchanged' : 'refused', before, after: null, sentence }
}

/** [N23] A run that is not as it was in its row is stale. */
async function editOne(
  context: ServiceContext,
  row: BatchEditRow,
  input: HandlerInput<'edit.batch.apply'>,
): Promise<string | Unneeded> {
  const run = parseRunId(row.run)
  if (row.outcome === 'refused')
    throw new AppError('invalid-input', row.sentence ?? 'It cannot be edited like this.', { run })
  if (row.outcome === 'unchanged') return { result: null, because: 'It was so before.' }
  const { seq, observed } = await writeEdit(context, run, {
    request: requestOf(input),
    reason: input.reason,
    call: 'edit.batch.apply',
    approve: (shown) => {
      if (JSON.stringify(rowOf(run, shown)) === JSON.stringify(row)) return
      throw new AppError('stale', `Run ${run} changed since you looked. Review it again.`, { run })
    },
  })
  if (observed) return String(seq)
  throw new AppError('io', `Run ${run} was edited, and does not read back so. Look at it.`, { run })
}
