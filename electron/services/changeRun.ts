import { setTimeout as sleep } from 'node:timers/promises'
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

/**
 * Changes a run through whoever carries it, else under its lock; then it rests as before. Durable when it resolves. [E215]
 * Whoever carries it may come to its end in that moment: then it is changed under its lock, as a run at rest.
 */
export async function changeRun<T>(context: ServiceContext, change: RunChange<T>): Promise<T> {
  const { run: id } = change
  const live = context.executor.find(id)
  if (live !== null) {
    const done = await orEnded(() => change.here(live))
    if (done !== null) return done.result
    await live.done
    return recordOnceFree(context, change)
  }
  const opened = await readStoredRun(context, id)
  const { holder, holderState } = opened
  if (holder === null || holderState === 'gone') return recordOnceFree(context, change)
  const { controlSocket } = holder
  if (controlSocket !== null) {
    const sent = await orEnded(() => context.executor.send(controlSocket, change.command))
    return sent === null ? recordOnceFree(context, change) : change.taken(sent.result)
  }
  throw new AppError(
    'locked',
    `Run ${id} is held by process ${holder.pid} on ${holder.hostName} (${holder.purpose}), which takes no commands. Try again when it has ended.`,
    { run: id, holder },
  )
}

/** Null: it is not carried any more by whom it was asked of. */
async function orEnded<T>(ask: () => Promise<T>): Promise<{ readonly result: T } | null> {
  try {
    return { result: await ask() }
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-found') return null
    throw error
  }
}

/** Others may have come, or waited, for the same moment. */
async function recordOnceFree<T>(context: ServiceContext, change: RunChange<T>): Promise<T> {
  for (let again = 0; ; again += 1) {
    try {
      return await recordUnderLock(context, change)
    } catch (error) {
      const isHeld = error instanceof AppError && error.code === 'locked'
      if (!isHeld || again === mostTries) throw error
      await sleep(betweenTriesMs)
    }
  }
}

const [mostTries, betweenTriesMs] = [40, 50]

async function recordUnderLock<T>(context: ServiceContext, change: RunChange<T>): Promise<T> {
  const purpose = change.command.command
  const { run } = await appendToRun(context, { run: change.run, purpose }, (opened) => ({
    records: change.records(createRunDraft(requireSound(opened))),
    made: null,
  }))
  return change.recorded(run)
}
