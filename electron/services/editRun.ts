// A person's change of one run: planned from what is stored, appended as one record, and read back.
import type { CallOutput, HandlerInput } from '../../shared/contract/contract.ts'
import type { Edit, MapEdit } from '../../shared/core/edit/edit.ts'
import { planEdit, type EditOutcome } from '../../shared/core/edit/planEdit.ts'
import type { EditPlan } from '../../shared/core/edit/editPlan.ts'
import { stateOf } from '../../shared/core/edit/stateOf.ts'
import { isEqualJson } from '../../shared/core/diff/jsonShape.ts'
import { readRunAt } from '../../shared/core/reading/readRunAt.ts'
import { AppError } from '../../shared/errors.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import type { LoggedChange } from '../../shared/schema/operation.ts'
import type { Run } from '../../shared/schema/run.ts'
import { appendToRun, requireSound } from './appendToRun.ts'
import type { ServiceContext } from './context.ts'
import { heldBy } from './heldBy.ts'
import { logged } from './logged.ts'
import { readStoredRun, readTraces, type OpenedRun } from './openStoredRun.ts'
import { planned, requireApproved, type Planned } from './planned.ts'
import { runIdOf } from './refs.ts'

export type EditRequest = Pick<HandlerInput<'edit.plan'>, 'base' | 'asOf'> & {
  readonly edits: readonly (Edit | MapEdit)[]
}
type PlannedEdit = {
  readonly shown: Planned<EditPlan>
  readonly outcome: EditOutcome | null
}

export async function planEditOf(
  context: ServiceContext,
  input: HandlerInput<'edit.plan'>,
): Promise<CallOutput<'edit.plan'>> {
  return (await makeEditPlan(context, runIdOf(context, input.ref), input)).shown
}

/** [N18] All edits in one record, with who and why. */
export async function applyEditTo(
  context: ServiceContext,
  input: HandlerInput<'edit.apply'>,
): Promise<CallOutput<'edit.apply'>> {
  const id = runIdOf(context, input.ref)
  return writeEdit(context, id, {
    request: input,
    reason: input.reason,
    call: 'edit.apply',
    approve: (shown) => requireApproved(shown, input, `Run ${id}`),
  })
}

export type EditWriting = {
  readonly request: EditRequest
  readonly reason: string
  readonly call: string
  /** Throws unless what would be done now is what was approved. */
  readonly approve: (shown: Planned<EditPlan>) => void
}

/** Plans again under the run's lock, appends, and reads back. */
export async function writeEdit(
  context: ServiceContext,
  id: RunId,
  { request, reason, call, approve }: EditWriting,
): Promise<{ readonly seq: number; readonly observed: boolean }> {
  const work = () =>
    appendToRun(context, { run: id, purpose: 'edit' }, async (opened) => {
      const { shown, outcome } = await planOpened(context, opened, {
        ...request,
        isLockedHere: true,
      })
      approve(shown)
      if (outcome === null) throw notReady(id, shown.plan)
      const { patch } = outcome
      const records = [{ type: 'edited', patch, by: context.user, reason }] as const
      return { records, made: { plan: shown.plan, after: outcome.run } }
    })
  const { run, made } = await logged(context, { call, item: id, reason }, work, (done) => ({
    changes: changesOf(done.made.plan),
    undo: { call: 'edit.undo', item: id, target: String(done.run.journal.seq) },
  }))
  context.emit('runs.changed', { runs: [id] })
  return { seq: run.journal.seq, observed: await isSeen(context, id, made.after) }
}

export async function makeEditPlan(
  context: ServiceContext,
  id: RunId,
  request: EditRequest,
): Promise<PlannedEdit & { readonly opened: OpenedRun }> {
  const opened = await readStoredRun(context, id)
  return { ...(await planOpened(context, opened, { ...request, isLockedHere: false })), opened }
}

async function planOpened(
  context: ServiceContext,
  opened: OpenedRun,
  { edits, base, asOf: given, isLockedHere }: EditRequest & { readonly isLockedHere: boolean },
): Promise<PlannedEdit> {
  const run = requireSound(opened)
  const { traces } = await readTraces(context, run, isLockedHere ? 'interrupted' : opened.liveness)
  const asOf = given ?? context.now()

  const { journal } = opened.stored
  const staged =
    base === null || base === run.journal.seq
      ? null
      : { seq: base, run: journal === null ? null : readRunAt(journal, base) }
  const held = isLockedHere ? null : heldBy(context, opened)
  const { plan, outcome } = planEdit({ run, edits, asOf, held, traces, base: staged })

  return { shown: planned(context, plan, { rev: opened.stored.rev, asOf }), outcome }
}

function notReady(id: RunId, plan: EditPlan): AppError {
  const reasons = whyNotReady(plan)
  return new AppError('invalid-input', [`Run ${id} was not edited.`, ...reasons].join(' '), {
    run: id,
    problems: reasons.slice(0, 20),
  })
}

export function whyNotReady({ problems, rows, meanwhile }: EditPlan): readonly string[] {
  return [
    ...problems.map(({ sentence }) => sentence),
    ...rows.flatMap(({ problem }) => (problem === null ? [] : [problem.sentence])),
    ...(meanwhile === null
      ? []
      : ['The run changed since the edits were staged. Review them again.']),
  ]
}

/** Whether the run, read back, is what was shown. */
export async function isSeen(context: ServiceContext, id: RunId, expected: Run): Promise<boolean> {
  const { run } = await readStoredRun(context, id)
  return run !== null && isEqualJson(stateOf(run), stateOf(expected))
}

/** For the operations log: the journal has it whole. */
function changesOf({ changes }: EditPlan): readonly LoggedChange[] {
  return changes
    .slice(0, mostLogged)
    .map(({ path, before, after }) => ({ path, before: cut(before), after: cut(after) }))
}

function cut(text: string | null): string | null {
  return text === null || text.length <= mostOfOne ? text : `${text.slice(0, mostOfOne)}…`
}

const mostLogged = 20
const mostOfOne = 300
