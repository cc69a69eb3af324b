import type { CallOutput, HandlerInput } from '../../shared/contract/contract.ts'
import { planUndo, type UndoPlan } from '../../shared/core/edit/planUndo.ts'
import { AppError } from '../../shared/errors.ts'
import { appendToRun, requireSound } from './appendToRun.ts'
import type { ServiceContext } from './context.ts'
import { isSeen } from './editRun.ts'
import { logged } from './logged.ts'
import type { OpenedRun } from './openStoredRun.ts'
import { runIdOf } from './refs.ts'

/** [N15] Appends what takes an edit back, with a reference to its record. */
export async function undoEdit(
  context: ServiceContext,
  input: HandlerInput<'edit.undo'>,
): Promise<CallOutput<'edit.undo'>> {
  const id = runIdOf(context, input.ref)
  const { run, made } = await logged(
    context,
    { call: 'edit.undo', item: id, reason: input.reason },
    () =>
      appendToRun(context, { run: id, purpose: 'undo' }, (opened) => {
        const undo = requireUndo(opened, input.seq)
        const { patch, seq: undoes } = undo
        const reason = input.reason ?? `Undo of the edit of record ${undoes}.`
        const records = [{ type: 'edited', patch, by: context.user, reason, undoes }] as const
        return { records, made: undo }
      }),
  )
  context.emit('runs.changed', { runs: [id] })
  const observed = await isSeen(context, id, made.run)
  return { seq: run.journal.seq, undone: made.seq, observed }
}

type ReadyUndo = Extract<UndoPlan, { kind: 'ready' }>

function requireUndo(opened: OpenedRun, seq: number | null): ReadyUndo {
  const run = requireSound(opened)
  const { journal } = opened.stored
  if (journal === null)
    throw new AppError(
      'invalid-input',
      `Run ${run.id} has no journal, so no edit of it is known.`,
      {
        run: run.id,
      },
    )
  const undo = planUndo(journal, run, seq)
  if (undo.kind === 'ready') return undo
  throw new AppError('invalid-input', undo.sentence, { run: run.id })
}
