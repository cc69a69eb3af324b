import { setImmediate as nextTurn } from 'node:timers/promises'
import { type AppError, toAppError } from '../../shared/errors.ts'
import type { StepId } from '../../shared/schema/ids.ts'
import type { Run, RunStatus } from '../../shared/schema/run.ts'
import type { WorkflowDefinition } from '../../shared/schema/workflow.ts'
import type { RunWriter } from '../store/store.ts'
import { after } from './after.ts'
import { createAttemptPool } from './attemptPool.ts'
import { createChildPool } from './childPool.ts'
import { createCommands } from './commands.ts'
import { createDealer } from './dealer.ts'
import { cancelRecords, restRecords, type Asked } from './endRecords.ts'
import type { LiveRun } from './executor.ts'
import type { ExecutorContext } from './executorContext.ts'
import { createLedger } from './ledger.ts'
import { createRecorder } from './recordResult.ts'
import { settledDirectly } from './settledDirectly.ts'
import { takeOver } from './takeOver.ts'
import { createWake } from './wake.ts'

export type CarriedRun = LiveRun & {
  /** Stops carrying; running steps go on in their wrappers. Resolves when the lock is free. */
  leave(): Promise<void>
}

type Request =
  | { readonly kind: 'none' | 'leave' }
  | { readonly kind: 'pause' | 'cancel'; readonly asked: Asked }

/** Carries a run to its rest: one loop that takes what ended, records it, and starts what can. */
export function carryRun(
  context: ExecutorContext,
  options: {
    readonly run: Run
    readonly definition: WorkflowDefinition
    readonly writer: RunWriter
    readonly stopAfter: StepId | null
  },
): CarriedRun {
  const { definition, writer, stopAfter } = options
  const ledger = createLedger(context, options)
  const wake = createWake()
  const commands = createCommands(context, { ledger, onAsked: wake.set })
  const { checkpoint } = commands
  const onSettled = wake.set
  const makeCheckpoint = async (name: string) => void (await checkpoint(name))
  const pool = createAttemptPool(context, {
    definition,
    ledger,
    onSettled,
    checkpoint: makeCheckpoint,
  })
  const mayGo = () => request.kind !== 'leave' && request.kind !== 'cancel'
  const children = createChildPool(context, { definition, ledger, onSettled, mayGo })
  const recorder = createRecorder(context, { definition, ledger })
  const record = (settled: Parameters<typeof recorder.record>[0]) =>
    recorder.record(settled, cancelAsked())
  const dealer = createDealer(context, { definition, ledger, pool, children, record, mayGo })
  let request: Request = { kind: 'none' }
  let problem: AppError | null = null
  let forgetTimer: (() => void) | null = null
  let areStopped = false
  const done = carry()

  return {
    run: options.run.id,
    done,
    problem: () => problem,
    pause: (by, reason) => ask({ kind: 'pause', asked: { by, reason } }),
    cancel: (by, reason) => ask({ kind: 'cancel', asked: { by, reason } }),
    decide: commands.decide,
    retry: commands.retry,
    checkpoint,
    annotate: commands.annotate,
    async leave() {
      request = { kind: 'leave' }
      wake.set()
      await done
    },
  }

  async function ask(next: Extract<Request, { asked: Asked }>): Promise<void> {
    // A run that is being cancelled is not paused; one that is left takes no more commands.
    if (request.kind === 'none' || (request.kind === 'pause' && next.kind === 'cancel')) {
      if (request.kind !== next.kind) areStopped = false
      request = next
    }
    if (request.kind === 'cancel') pool.stop('cancel')
    wake.set()
    await done
    if (problem !== null) throw problem
  }

  async function carry(): Promise<RunStatus> {
    try {
      await takeOver({ definition, ledger, pool, children })
      while (!(await turn())) await wake.wait()
    } catch (error) {
      problem = toAppError(error)
    }
    forgetTimer?.()
    pool.leave()
    await children.leave()
    await recorder.tidied()
    try {
      await writer.release()
    } catch (error) {
      problem ??= toAppError(error)
    }
    commands.close(problem)
    return ledger.facts().status
  }

  /** True when the run rests, or is left. */
  async function turn(): Promise<boolean> {
    for (;;) {
      if (request.kind === 'leave') return true
      await takeEnded()
      await commands.perform()
      const nowMs = Date.parse(context.now())
      const isAsked = cancelAsked() !== null || pauseAsked() !== null
      if (isAsked || !(await dealer.deal(nowMs))) return comeToRest(nowMs)
      await nextTurn()
    }
  }

  /** `dealtMs`: what was due by then is dealt with. */
  async function comeToRest(dealtMs: number): Promise<boolean> {
    const cancelled = cancelAsked()
    const pause = pauseAsked()
    if (cancelled !== null || pause !== null) stopChildren(cancelled, pause)
    else if (waitForMoment(dealtMs)) return false
    if (pool.size() > 0 || children.size() > 0) return false
    if (cancelled !== null) {
      await ledger.rest(cancelRecords(ledger.snapshot(), cancelled))
      return true
    }
    await skipBehind()
    await ledger.rest(restRecords(ledger.snapshot(), definition, pause))
    return true
  }

  async function takeEnded(): Promise<void> {
    for (const settled of pool.take()) await record(settled)
    for (const { step, result } of children.take()) {
      // A child that was ended with its parent leaves its step waiting: that is cancelled with the run.
      const isEnded = cancelAsked() !== null && result.kind !== 'succeeded'
      if (!isEnded) await record(settledDirectly(ledger, step, result))
    }
  }

  function cancelAsked(): Asked | null {
    return request.kind === 'cancel' ? request.asked : null
  }

  function pauseAsked(): Asked | null {
    if (request.kind === 'pause') return request.asked
    const status = stopAfter === null ? null : ledger.step(stopAfter)?.status
    if (status !== 'succeeded' && status !== 'skipped') return null
    return { by: 'unstuck', reason: `It was to stop after step ${stopAfter}.` }
  }

  function stopChildren(cancelled: Asked | null, pause: Asked | null): void {
    if (areStopped) return
    areStopped = true
    if (cancelled !== null) children.stop('cancel', cancelled)
    else if (pause !== null) children.stop('pause', pause)
  }

  /** What can never run is not left open where the run is paused. */
  async function skipBehind(): Promise<void> {
    for (;;) {
      const blocked = ledger.schedule().blocked(Infinity)
      if (blocked.length === 0) return
      await ledger.append(
        blocked.map(({ step, reason }) => ({
          type: 'stepSkipped',
          step,
          by: 'dependency',
          reason,
        })),
        { durable: false },
      )
    }
  }

  /** True while a step waits for something: then the run is carried on, and looked at again when its moment comes. */
  function waitForMoment(dealtMs: number): boolean {
    forgetTimer?.()
    forgetTimer = null
    // Of the moments after the last deal: one that came since is due, and would be waited for in vain after the clock of now.
    const nextDueMs = ledger.schedule().nextDueMs(dealtMs)
    const inMs = (nextDueMs ?? 0) - Date.parse(context.now())
    if (nextDueMs !== null) forgetTimer = after(Math.min(inMs, lookAgainMs), wake.set)
    return ledger.schedule().waiting() > 0
  }
}

/** A timer stands still while the machine sleeps, and knows nothing of a clock that is set: the moment is looked at anew. */
const lookAgainMs = 30_000
