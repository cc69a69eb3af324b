// One edit in many runs: a row a run before, and a row a run of what came of it.
import type { CallOutput, HandlerInput, HandlerOptions } from '../../shared/contract/contract.ts'
import type { CancelSignal } from '../../shared/cancel.ts'
import { throwIfCancelled } from '../../shared/cancel.ts'
import type { BatchEditPlan, BatchEditRow, EditPlan } from '../../shared/core/edit/editPlan.ts'
import { isMapEdit, type Edit, type MapEdit } from '../../shared/core/edit/edit.ts'
import { unmappedSteps } from '../../shared/core/edit/applyMapEdit.ts'
import { AppError, toAppError } from '../../shared/errors.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import { batch, type BatchRow, type Unneeded } from './batch.ts'
import type { ServiceContext } from './context.ts'
import { createUnmapped, failuresOf, type Unmapped } from './batchEditTold.ts'
import { loadDefinition } from './loadDefinition.ts'
import { makeEditPlan, whyNotReady, writeEdit } from './editRun.ts'
import { planned, type Planned } from './planned.ts'
import { parseRunId } from './refs.ts'
import { rememberPlan } from './shownPlans.ts'

/** How far a plan over many runs is, and whether it is still wanted. */
type Following = Pick<HandlerOptions<'edit.batch.plan'>, 'signal'> &
  Partial<Pick<HandlerOptions<'edit.batch.plan'>, 'progress'>>

type Resolved = { readonly edit: Edit | MapEdit; readonly asOf: string | null }

type BatchInput = Pick<HandlerInput<'edit.batch.plan'>, 'runs' | 'edit' | 'asOf'>

/** [N22] What the edit would do in each run. The rest of a plan that was shown is given from memory. */
export async function planBatchEdit(
  context: ServiceContext,
  input: HandlerInput<'edit.batch.plan'>,
  options: Following,
): Promise<CallOutput<'edit.batch.plan'>> {
  const shown = remembered(context, input) ?? (await makeBatchPlan(context, input, options))
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
  const edit = await resolved(context, input.edit)
  const rows = plan.rows.map((row): BatchRow => ({
    item: row.run,
    work: () => editOne(context, row, { ...input, edit }),
  }))
  const outcomes = await batch(context, { call: 'edit.batch.apply', rows }, options)
  return { rows: [...outcomes] }
}

/** [M23] A definition is read once for all of them. */
async function resolved(
  context: ServiceContext,
  edit: BatchInput['edit'],
): Promise<Resolved['edit']> {
  if (edit.kind !== 'mapSteps') return edit
  const { definition, digest, source } = await loadDefinition(context, edit.definition)
  const { name, version = null } = definition
  return { ...edit, workflow: { name, version, source, digest, definition } }
}

/** The plan that was shown, else the same one made again. */
async function approvedPlan(
  context: ServiceContext,
  input: HandlerInput<'edit.batch.apply'>,
  signal: CancelSignal,
): Promise<Planned<BatchEditPlan>> {
  const known = remembered(context, input)
  if (known?.rev === input.rev) return known
  const made = await makeBatchPlan(context, input, { signal })
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
  { signal, progress }: Following,
): Promise<Planned<BatchEditPlan>> {
  const asOf = input.asOf ?? context.now()
  const edit = await resolved(context, input.edit)
  const rows: BatchEditRow[] = []
  const unmapped = createUnmapped()
  const runs = new Set(input.runs)
  for (const run of runs) {
    throwIfCancelled(signal, 'The plan')
    progress?.({ done: rows.length, total: runs.size, item: run })
    rows.push(await planRow(context, run, { edit, asOf, unmapped }))
  }
  const counts = { ready: 0, unchanged: 0, refused: 0 }
  for (const { outcome } of rows) counts[outcome] += 1
  const plan: BatchEditPlan = {
    rows,
    total: rows.length,
    counts,
    ready: counts.ready > 0,
    failures: failuresOf(rows),
    ...(isMapEdit(edit) ? { unmapped: unmapped.told() } : {}),
  }
  return planned(context, plan, { rev: revOf(context, plan), asOf })
}

function revOf(context: ServiceContext, { rows }: BatchEditPlan): string {
  return `sha256:${context.sha256(JSON.stringify(rows.map(({ run, rev }) => [run, rev])))}`
}

async function planRow(
  context: ServiceContext,
  run: RunId,
  { unmapped, ...input }: Resolved & { readonly unmapped: Unmapped },
): Promise<BatchEditRow> {
  try {
    const { shown, opened } = await makeEditPlan(context, run, requestOf(input))
    if (isMapEdit(input.edit) && opened.run !== null)
      unmapped.add(unmappedSteps(opened.run, input.edit.workflow))
    return rowOf(run, shown)
  } catch (error) {
    const { code, message } = toAppError(error)
    if (code === 'bug' || code === 'cancelled') throw error
    return { run, rev: null, outcome: 'refused', before: null, after: null, sentence: message }
  }
}

function requestOf({ edit, asOf }: Resolved) {
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
  input: Resolved & { readonly reason: string },
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
