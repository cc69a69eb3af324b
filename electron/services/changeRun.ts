import { encodeHead } from '../../shared/core/codec/encodeHead.ts'
import { replay } from '../../shared/core/run/replay.ts'
import { createRunDraft, type RunDraft } from '../../shared/core/run/runDraft.ts'
import { invariant } from '../../shared/assert.ts'
import { AppError } from '../../shared/errors.ts'
import type { RecordBody } from '../../shared/schema/journal.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import type { Run } from '../../shared/schema/run.ts'
import type { ControlCommand, LiveRun } from '../executor/executor.ts'
import type { ServiceContext } from './context.ts'
import { readStoredRun, requireRun, type OpenedRun } from './openStoredRun.ts'

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
  const { store, controlSocket } = context
  const purpose = change.command.command
  const writer = await store.open(change.run, { purpose, controlSocket })
  try {
    const before = requireSound(await readStoredRun(context, change.run))
    const bodies = change.records(createRunDraft(before))
    const records = await writer.append(bodies, { durable: true })
    const run = replay(
      records.map((record) => ({ kind: 'known', record })),
      { from: before },
    )
    invariant(run !== null, `Run ${change.run} has no state after it was changed.`)
    await writer.replaceHead(encodeHead(run, context.sha256))
    return change.recorded(run)
  } finally {
    await writer.release()
  }
}

/** Nothing is appended behind a flaw: that is for a repair, which keeps a copy. */
function requireSound(opened: OpenedRun): Run {
  const run = requireRun(opened)
  if (opened.reading.health !== 'damaged') return run
  throw new AppError('corrupt', `Run ${run.id} is damaged. Repair it first.`, {
    run: run.id,
    findings: opened.reading.findings.slice(0, 20),
  })
}
