// The repair of many damaged runs: a row a run before, and a row a run of what came of it.
import type { CallOutput, HandlerInput, HandlerOptions } from '../../shared/contract/contract.ts'
import type { CancelSignal } from '../../shared/cancel.ts'
import { throwIfCancelled } from '../../shared/cancel.ts'
import type {
  BatchRepairPlan,
  BatchRepairRow,
  RepairPlan,
} from '../../shared/core/repair/repairPlan.ts'
import { AppError, toAppError } from '../../shared/errors.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import { batch, type BatchRow, type Unneeded } from './batch.ts'
import type { ServiceContext } from './context.ts'
import { makeRepairPlan } from './makeRepairPlan.ts'
import type { Planned } from './planned.ts'
import { nativeRef, parseRunId } from './refs.ts'
import { repairOne, undoRepair } from './repairRun.ts'
import { rememberPlan } from './shownPlans.ts'

/** [R83] What the repair of each run would do. The rest of a plan that was shown is given from memory. */
export async function planBatchRepair(
  context: ServiceContext,
  input: HandlerInput<'repair.batch.plan'>,
  { signal }: Pick<HandlerOptions<'repair.batch.plan'>, 'signal'>,
): Promise<CallOutput<'repair.batch.plan'>> {
  const shown = remembered(context, input) ?? (await makeBatchPlan(context, input, signal))
  rememberPlan(context, shown)
  const { plan } = shown
  const rows = plan.rows.slice(input.offset, input.offset + input.limit)
  return { ...shown, plan: { ...plan, rows } }
}

/** [R93] Run after run, each under its own lock; one that changed or fails leaves the others to be done. */
export async function applyBatchRepair(
  context: ServiceContext,
  input: HandlerInput<'repair.batch.apply'>,
  options: HandlerOptions<'repair.batch.apply'>,
): Promise<CallOutput<'repair.batch.apply'>> {
  const { plan, digest, asOf } = await approvedPlan(context, input, options.signal)
  const rows = plan.rows
    .filter(({ outcome }) => outcome !== 'healthy')
    .map((row): BatchRow => ({
      item: row.run,
      work: () => repairRow(context, row, { asOf, batch: digest }),
    }))
  const outcomes = await batch(context, { call: 'repair.batch.apply', rows }, options)
  return { rows: [...outcomes] }
}

/** [R94] Each as if it were undone by itself: one that went on since stays as it is. */
export async function undoBatchRepair(
  context: ServiceContext,
  { repairs }: HandlerInput<'repair.batch.undo'>,
  options: HandlerOptions<'repair.batch.undo'>,
): Promise<CallOutput<'repair.batch.undo'>> {
  const rows = repairs.map(({ run, backup }): BatchRow => ({
    item: run,
    work: async () => {
      const undone = await undoRepair(context, { ref: nativeRef(context, run), backup })
      if (undone.observed) return undone.backup
      throw new AppError('io', `Run ${run} was put back, and does not read back so. Look at it.`, {
        run,
      })
    },
  }))
  const outcomes = await batch(context, { call: 'repair.batch.undo', rows }, options)
  return { rows: [...outcomes] }
}

/** The plan that was shown, else the same one made again. */
async function approvedPlan(
  context: ServiceContext,
  input: HandlerInput<'repair.batch.apply'>,
  signal: CancelSignal,
): Promise<Planned<BatchRepairPlan>> {
  const known = remembered(context, input)
  if (known?.rev === input.rev) return known
  const made = await makeBatchPlan(context, input, signal)
  if (made.digest === input.digest && made.rev === input.rev) return made
  throw new AppError('stale', 'Runs changed since you looked. Review the plan again.')
}

function remembered(
  context: ServiceContext,
  { digest, asOf }: { readonly digest: string | null; readonly asOf: string | null },
): Planned<BatchRepairPlan> | null {
  const plan = digest === null ? undefined : context.shownPlans.get(digest)
  if (digest === null || asOf === null || plan === undefined || !isBatchRepair(plan)) return null
  return { plan, digest, rev: revOf(context, plan), asOf }
}

function isBatchRepair(plan: object): plan is BatchRepairPlan {
  return 'kind' in plan && plan.kind === 'repairs'
}

/** The digest is that of the rows, whenever they are planned: another process can name it. */
async function makeBatchPlan(
  context: ServiceContext,
  input: Pick<HandlerInput<'repair.batch.plan'>, 'runs' | 'asOf'>,
  signal: CancelSignal,
): Promise<Planned<BatchRepairPlan>> {
  const asOf = input.asOf ?? context.now()
  const rows: BatchRepairRow[] = []
  for (const run of new Set(input.runs)) {
    throwIfCancelled(signal, 'The plan')
    rows.push(await planRow(context, run, asOf))
  }
  const able = rows.filter(({ outcome }) => outcome === 'ready').length
  const plan = { kind: 'repairs', rows, total: rows.length, able, ready: able > 0 } as const
  const digest = `sha256:${context.sha256(JSON.stringify(rows))}`
  return { plan, digest, rev: revOf(context, plan), asOf }
}

function revOf(context: ServiceContext, { rows }: BatchRepairPlan): string {
  return `sha256:${context.sha256(JSON.stringify(rows.map(({ run, rev }) => [run, rev])))}`
}

async function planRow(context: ServiceContext, run: RunId, asOf: string): Promise<BatchRepairRow> {
  try {
    const { shown } = await makeRepairPlan(context, requestOf(context, run, asOf))
    return rowOf(context, run, shown)
  } catch (error) {
    const { code, message } = toAppError(error)
    if (code === 'bug' || code === 'cancelled') throw error
    const none = { rev: null, digest: null, source: null, fixes: 0, loses: [], asked: 0 }
    return { run, outcome: 'refused', ...none, sentence: message }
  }
}

function requestOf(context: ServiceContext, run: RunId, asOf: string) {
  return { ref: nativeRef(context, run), source: null, rejected: [], asOf }
}

function rowOf(
  context: ServiceContext,
  run: RunId,
  { plan, rev }: Planned<RepairPlan>,
): BatchRepairRow {
  const loses = plan.sources.find(({ id }) => id === plan.source)?.loses ?? []
  const isHealthy = plan.findings.every(({ severity }) => severity === 'info')
  const outcome = plan.ready ? 'ready' : isHealthy ? 'healthy' : 'refused'
  return {
    run,
    rev,
    digest: `sha256:${context.sha256(JSON.stringify(plan))}`,
    outcome,
    source: plan.source,
    fixes: plan.fixes.length,
    loses: loses.slice(0, mostLosses).map((loss) => loss.slice(0, mostCharacters)),
    asked: plan.inDoubt.length + (plan.lost?.maybe.length ?? 0) + (plan.lost?.unnamed ?? 0),
    sentence: outcome === 'ready' ? null : plan.problems.join(' ').slice(0, mostCharacters),
  }
}

const [mostLosses, mostCharacters] = [5, 500]

/** [R93] A run that is not as it was in its row is stale. */
async function repairRow(
  context: ServiceContext,
  row: BatchRepairRow,
  { asOf, batch: id }: { readonly asOf: string; readonly batch: string },
): Promise<string | Unneeded> {
  const run = parseRunId(row.run)
  if (row.outcome !== 'ready')
    throw new AppError('invalid-input', row.sentence ?? 'It cannot be repaired.', { run })
  const { backup, findings, observed } = await repairOne(context, {
    input: requestOf(context, run, asOf),
    call: 'repair.batch.apply',
    batch: id,
    approve: (shown) => {
      if (JSON.stringify(rowOf(context, run, shown)) === JSON.stringify(row)) return
      throw new AppError('stale', `Run ${run} changed since you looked. Review it again.`, { run })
    },
  })
  if (!observed)
    throw new AppError('io', `Run ${run} was repaired, and does not read back so. Look at it.`, {
      run,
      backup,
    })
  const left = findings.filter(({ severity }) => severity !== 'info').length
  const counted =
    left === 0 ? 'no finding remains' : left === 1 ? '1 finding remains' : `${left} findings remain`
  const because = `Read back: ${counted}.`
  return { result: backup, because }
}
