import { createRunDraft, type RunDraft } from '../../shared/core/run/runDraft.ts'
import { AppError } from '../../shared/errors.ts'
import type { RecordBody } from '../../shared/schema/journal.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import type { Run } from '../../shared/schema/run.ts'
import type { ControlCommand, LiveRun } from '../executor/executor.ts'
import { appendToRun, requireSound } from './appendToRun.ts'
import type { ServiceContext } from './context.ts'
import { readStoredRun } from './openStoredRun.ts'

export type RunChange<T> = {
  readonly run: RunId
  /** When this process carries it. */
  readonly here: (live: LiveRun) => Promise<T>
  /** When another one does. */
  readonly command: ControlCommand
  readonly taken: (answer: Awaited<ReturnType<ServiceContext['executor']['send']>>) => T
  /** When nobody does: what is recorded under its lock. Throws where nothing can be. */
  readonly records: (draft: RunDraft) => readonly RecordBody[]
  readonly recorded: (run: Run) => T
}

/** Changes a run through whoever carries it, else under its lock; then it rests as before. Durable when it resolves. */
export async function changeRun<T>(context: ServiceContext, change: RunChange<T>): Promise<T> {
  const { run: id } = change
  const live = context.executor.find(id)
  if (live !== null) return change.here(live)
  const opened = await readStoredRun(context, id)
  const { holder, holderState } = opened
  if (holder === null || holderState === 'gone') return recordUnderLock(context, change)
  if (holder.controlSocket !== null)
    return change.taken(await context.executor.send(holder.controlSocket, change.command))
  throw new AppError(
    'locked',
    `Run ${id} is held by process ${holder.pid} on ${holder.hostName} (${holder.purpose}), which takes no commands. Try again when it has ended.`,
    { run: id, holder },
  )
}

async function recordUnderLock<T>(context: ServiceContext, change: RunChange<T>): Promise<T> {
  const purpose = change.command.command
  const { run } = await appendToRun(context, { run: change.run, purpose }, (opened) => ({
    records: change.records(createRunDraft(requireSound(opened))),
    made: null,
  }))
  return change.recorded(run)
}
