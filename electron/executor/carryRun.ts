import { stepOf } from '../../shared/core/graph/order.ts'
import { type AppError, toAppError } from '../../shared/errors.ts'
import type { StepId } from '../../shared/schema/ids.ts'
import type { Run, RunStatus } from '../../shared/schema/run.ts'
import type { WorkflowDefinition } from '../../shared/schema/workflow.ts'
import type { RunWriter } from '../store/store.ts'
import { after } from './after.ts'
import { createAttemptPool } from './attemptPool.ts'
import { cancelRecords, restRecords, statusOf, stepIdsOf, type Asked } from './endRecords.ts'
import type { LiveRun } from './executor.ts'
import type { ExecutorContext } from './executorContext.ts'
import { createLedger } from './ledger.ts'
import { createRecorder } from './recordResult.ts'
import { createWake } from './wake.ts'

export type CarriedRun = LiveRun & {
  /** Stops carrying; running steps go on in their wrappers. Resolves when the lock is free. */
  leave(): Promise<void>
}

type Request =
  { readonly kind: 'none' | 'leave' } | { readonly kind: 'pause' | 'cancel'; readonly asked: Asked }

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
  const pool = createAttemptPool(context, { definition, ledger, onSettled: wake.set })
  const record = createRecorder(context, { definition, ledger })
  let request: Request = { kind: 'none' }
  let problem: AppError | null = null
  let forgetTimer: (() => void) | null = null
  const done = carry()

  return {
    run: options.run.id,
    done,
    problem: () => problem,
    pause: (by, reason) => ask({ kind: 'pause', asked: { by, reason } }),
    cancel: (by, reason) => ask({ kind: 'cancel', asked: { by, reason } }),
    async leave() {
      request = { kind: 'leave' }
      wake.set()
      await done
    },
  }

  async function ask(next: Extract<Request, { asked: Asked }>): Promise<void> {
    // A run that is being cancelled is not paused; one that is left takes no more commands.
    if (request.kind === 'none' || (request.kind === 'pause' && next.kind === 'cancel'))
      request = next
    if (request.kind === 'cancel') pool.stop('cancel')
    wake.set()
    await done
    if (problem !== null) throw problem
  }

  async function carry(): Promise<RunStatus> {
    try {
      await takeOver()
      while (!(await turn())) await wake.wait()
    } catch (error) {
      problem = toAppError(error)
    }
    forgetTimer?.()
    pool.leave()
    try {
      await writer.release()
    } catch (error) {
      problem ??= toAppError(error)
    }
    return ledger.facts().status
  }

  /** Steps that another host began are watched as if they were our own. */
  async function takeOver(): Promise<void> {
    const run = ledger.snapshot()
    const running = stepIdsOf(run).filter((step) => statusOf(run, step) === 'running')
    // Before anything is waited for: a cancel that comes meanwhile has to find them.
    for (const step of running) pool.adopt(step)
    const unknown = running.filter((step) => stepOf(definition, step) === undefined)
    const reason = 'The definition has no such step any more.'
    if (unknown.length > 0)
      await ledger.append(
        unknown.map((step) => ({ type: 'stepCancelled', step, attempt: null, reason })),
        { durable: true },
      )
  }

  /** True when the run rests, or is left. */
  async function turn(): Promise<boolean> {
    if (request.kind === 'leave') return true
    for (const settled of pool.take()) await record(settled, cancelAsked())
    const cancelled = cancelAsked()
    if (cancelled !== null) {
      if (pool.size() > 0) return false
      await ledger.rest(cancelRecords(ledger.snapshot(), cancelled))
      return true
    }
    await skipBlocked()
    const pause = pauseAsked()
    const isWaiting = pause === null && (await startReady())
    if (pool.size() > 0 || isWaiting) return false
    await ledger.rest(restRecords(ledger.snapshot(), definition, pause))
    return true
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

  async function skipBlocked(): Promise<void> {
    for (;;) {
      const blocked = ledger.schedule().blocked()
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

  /** Starts what can start, as many as may run at once. True when a step waits for its time. */
  async function startReady(): Promise<boolean> {
    const nowMs = Date.parse(context.now())
    const free = Math.max(0, (definition.parallel ?? defaultParallel) - pool.size())
    const due = ledger.schedule().due(nowMs, free)
    const next = [...due, ...ledger.schedule().ready(free - due.length)]
    if (next.length > 0)
      await pool.begin(next, () => request.kind !== 'leave' && cancelAsked() === null)

    const nextDueMs = ledger.schedule().nextDueMs(nowMs)
    forgetTimer?.()
    if (nextDueMs === null) return false
    forgetTimer = after(nextDueMs - nowMs, wake.set)
    return true
  }
}

const defaultParallel = 4
