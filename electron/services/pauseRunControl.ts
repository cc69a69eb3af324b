import type { CancelSignal } from '../../shared/cancel.ts'
import { AppError } from '../../shared/errors.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import type { Run, RunStatus } from '../../shared/schema/run.ts'
import type { ControlCommand as AnyCommand } from '../executor/executor.ts'
import type { ServiceContext } from './context.ts'
import { logged } from './logged.ts'
import { readStoredRun, requireRun, type OpenedRun } from './openStoredRun.ts'
import { waitRunTick } from './waitRunTick.ts'

type ControlCommand = Extract<AnyCommand, { readonly command: 'pause' | 'cancel' }>

export type Observed = { readonly status: string; readonly observed: boolean }

/** Asks whoever carries a run, then reads its journal until that shows what was asked, or the time is up. */
export async function controlRun(
  context: ServiceContext,
  command: ControlCommand,
  options: { readonly signal: CancelSignal; readonly expected: RunStatus },
): Promise<Observed> {
  const { run: id } = command
  const { expected, signal } = options
  const opened = await readStoredRun(context, id)
  const run = requireRun(opened)
  if (run.status === expected) return { status: expected, observed: true }
  if (ended.includes(run.status))
    throw new AppError('invalid-input', `Run ${id} has ended already: it is ${run.status}.`, {
      run: id,
    })

  const operation = { call: `run.${command.command}`, item: id, reason: command.reason }
  const observed = await logged(context, operation, async () => {
    const problem = context.executor.problem(id)
    await ask(context, { command, opened, run })
    return observe(context, id, { expected, signal, before: problem })
  })
  context.emit('runs.changed', { runs: [id] })
  return observed
}

async function ask(
  context: ServiceContext,
  asked: { readonly command: ControlCommand; readonly opened: OpenedRun; readonly run: Run },
): Promise<void> {
  const { command, opened, run } = asked
  const live = context.executor.find(run.id)
  if (live !== null) {
    // What comes of it is observed in the journal, also when it fails.
    const { by, reason } = command
    void Promise.allSettled([
      command.command === 'pause' ? live.pause(by, reason) : live.cancel(by, reason),
    ])
    return
  }
  const { holder, holderState } = opened
  if (holder !== null && holderState !== 'gone') {
    if (holder.controlSocket === null)
      throw new AppError(
        'locked',
        `Run ${run.id} is held by process ${holder.pid} on ${holder.hostName} (${holder.purpose}), which takes no commands. Try again when it has ended.`,
        { run: run.id, holder },
      )
    await context.executor.send(holder.controlSocket, command)
    return
  }
  if (command.command === 'pause')
    throw new AppError(
      'invalid-input',
      `Nobody carries run ${run.id}, so there is nothing to pause. Resume it, or cancel it.`,
      { run: run.id },
    )
  await cancelLeftAlone(context, run, command)
}

/** A run that nobody carries is taken only to be cancelled: steps that outlived their host are ended. */
async function cancelLeftAlone(
  context: ServiceContext,
  run: Run,
  { by, reason }: ControlCommand,
): Promise<void> {
  if (run.workflow.definition === null)
    throw new AppError(
      'invalid-input',
      `Run ${run.id} carries no definition, so nothing of it can be running. There is nothing to cancel.`,
      { run: run.id },
    )
  const { controlSocket } = context
  const writer = await context.store.open(run.id, { purpose: 'cancel', controlSocket })
  try {
    const now = requireRun(await readStoredRun(context, run.id))
    // Its last record may have come, and its lock gone, between the reading of its journal and of its lock.
    if (ended.includes(now.status)) return await writer.release()
    const live = context.executor.carry(now, writer)
    // Set before the executor looks for something to start.
    void Promise.allSettled([live.cancel(by, reason)])
  } catch (error) {
    await writer.release()
    throw error
  }
}

async function observe(
  context: ServiceContext,
  id: RunId,
  options: {
    readonly expected: RunStatus
    readonly signal: CancelSignal
    /** Why this process had not carried it to its rest before it was asked: no answer to what is asked now. */
    readonly before: AppError | null
  },
): Promise<Observed> {
  const { expected, signal, before } = options
  const end = performance.now() + observedWithinMs
  for (;;) {
    const { run, holderState } = await readStoredRun(context, id)
    const status = run?.status ?? 'unknown'
    const isOver = run !== null && (run.status === 'paused' || ended.includes(run.status))
    // The lock is given back a moment after the last record: who resumes next must not find it.
    const isSettled = isOver && holderState !== 'alive'
    const problem = context.executor.problem(id)
    const isGivenUp = problem !== null && problem !== before
    if (isGivenUp && status !== expected) throw problem
    if (isSettled || isGivenUp || signal.aborted || performance.now() > end)
      return { status, observed: status === expected }
    await waitRunTick(lookMs, signal)
  }
}

const ended: readonly RunStatus[] = ['completed', 'failed', 'cancelled']
const lookMs = 100
/** Longer than the grace between TERM and KILL. A pause may take as long as the steps that run: then it is not yet observed. */
const observedWithinMs = 15_000
