import type { CallOutput, HandlerInput } from '../../shared/contract/contract.ts'
import { planUndo } from '../../shared/core/edit/planUndo.ts'
import { AppError } from '../../shared/errors.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import { appendToRun, requireSound } from './appendToRun.ts'
import type { ServiceContext } from './context.ts'
import { isSeen } from './editRun.ts'
import { heldBy } from './heldBy.ts'
import { logged } from './logged.ts'
import { readStoredRun } from './openStoredRun.ts'
import { runIdOf } from './refs.ts'

/** [N15] Appends what takes an edit back, with a reference to its record. */
export async function undoEdit(
  context: ServiceContext,
  input: HandlerInput<'edit.undo'>,
): Promise<CallOutput<'edit.undo'>> {
  const id = runIdOf(context, input.ref)
  const done = await logged(context, { call: 'edit.undo', item: id }, async () => {
    const opened = await readStoredRun(context, id)
    requireSound(opened)
    const held = heldBy(context, opened)
    if (held !== null) throw new AppError('locked', held, { run: id })
    let undo = await requireUndo(context, id, input.seq)
    const { seq } = await appendToRun(context, id, 'undo', async () => {
      undo = await requireUndo(context, id, input.seq)
      const reason = input.reason ?? `Undo of the edit of record ${undo.seq}.`
      const { patch, seq: undoes } = undo
      return [{ type: 'edited', patch, by: context.user, reason, undoes }]
    })
    return { seq, undo }
  })
  context.emit('runs.changed', { runs: [id] })
  const observed = await isSeen(context, id, done.undo.run)
  return { seq: done.seq, undone: done.undo.seq, observed }
}

async function requireUndo(context: ServiceContext, id: RunId, seq: number | null) {
  const opened = await readStoredRun(context, id)
  const run = requireSound(opened)
  const { journal } = opened.stored
  if (journal === null)
    throw new AppError('invalid-input', `Run ${id} has no journal, so no edit of it is known.`, {
      run: id,
    })
  const undo = planUndo(journal, run, seq)
  if (undo.kind === 'ready') return undo
  throw new AppError('invalid-input', undo.sentence, { run: id })
}
