import { evaluateTemplate } from '../../shared/core/expression/evaluateTemplate.ts'
import { stepOf } from '../../shared/core/graph/order.ts'
import type { RunId, StepId } from '../../shared/schema/ids.ts'
import { RunId as RunIdSchema } from '../../shared/schema/ids.ts'
import type { Json } from '../../shared/schema/json.ts'
import type { RunError, StepState } from '../../shared/schema/run.ts'
import { durationMs } from '../../shared/schema/stepMeaning.ts'
import type { StepDefinition, WorkflowDefinition } from '../../shared/schema/workflow.ts'
import { toAppError } from '../../shared/errors.ts'
import { after } from './after.ts'
import { runError, type AttemptResult } from './attemptResult.ts'
import {
  pausedWith,
  type ChildOf,
  type ChildPlan,
  type ChildRequest,
  type ChildRuns,
} from './childRuns.ts'
import type { Asked } from './endRecords.ts'
import type { ExecutorContext } from './executorContext.ts'
import type { Ledger } from './ledger.ts'
import { keepNowhere } from './keepNowhere.ts'
import { limitOutput, mapOutput } from './kinds/mapOutput.ts'
import { runFolder } from './kinds/templates.ts'
import { scopeOf } from './scopeOf.ts'

/** The runs that steps of one run wait for. One that ended counts until it is taken. */
export type ChildPool = {
  size(): number
  /** Records the id of the child, then starts it. Returns why it cannot be started. */
  begin(step: StepId, path: string, definition: StepDefinition): Promise<RunError | null>
  /** Goes on waiting for the child that is recorded: starts it, or resumes it, where that is open. */
  adopt(step: StepId): void
  take(): readonly { readonly step: StepId; readonly result: AttemptResult }[]
  /** Asks all of them to pause or to end; those that do not are not waited for. */
  stop(kind: 'pause' | 'cancel', asked: Asked): void
  /** Stops watching. Resolves when none is just about to be started. */
  leave(): Promise<void>
}

type Child = {
  readonly step: StepId
  readonly run: RunId
  readonly left: AbortController
  /** What came of asking for it last: it was started, or resumed where it was open. Never rejects. */
  readonly asked: () => Promise<PromiseSettledResult<boolean>>
  readonly askAgain: () => Promise<PromiseSettledResult<boolean>>
}

export function createChildPool(
  context: ExecutorContext,
  options: {
    readonly definition: WorkflowDefinition
    readonly ledger: Ledger
    readonly onSettled: () => void
    /** False once the run is cancelled or left: then no child begins or goes on. */
    readonly mayGo: () => boolean
  },
): ChildPool {
  const { definition, ledger, onSettled, mayGo } = options
  const { children } = context
  const active = new Map<StepId, Child>()
  // Those that were paused and left are still to be cancelled when their parent is.
  const open = new Map<StepId, Child>()
  let stopping = 0
  const settled: { readonly step: StepId; readonly result: AttemptResult }[] = []

  return {
    size: () => active.size + stopping,
    begin,
    adopt,
    take() {
      const taken = settled.splice(0)
      for (const { step } of taken) {
        active.delete(step)
        open.delete(step)
      }
      return taken
    },
    stop: (kind, asked) => void stopAll(kind, asked),
    async leave() {
      const all = [...open.values()]
      for (const { left } of all) left.abort()
      await Promise.all(all.map(({ asked }) => asked()))
    },
  }

  async function begin(step: StepId, path: string, own: StepDefinition): Promise<RunError | null> {
    if (children === undefined) return noChildren(step)
    const found = requestOf(step, path, own)
    if ('name' in found) return found
    const failed = failedRunOf(ledger.step(step))
    const request = { ...found, isRetry: failed !== null }
    const planned: ChildPlan =
      failed === null ? await children.plan(request) : { kind: 'planned', run: failed }
    if (planned.kind === 'refused') return planned.error
    const waitingOn = { kind: 'run', run: planned.run, since: context.now() } as const
    // Before it exists: whoever resumes finds it, or makes it under this id.
    await ledger.append([{ type: 'stepWaiting', step, waitingOn }], { durable: true })
    void watch(children, childOf(children, { step, run: planned.run, request, mayGo }))
    return null
  }

  function adopt(step: StepId): void {
    const on = ledger.step(step)?.waitingOn
    const own = stepOf(definition, step)
    const run = RunIdSchema.safeParse(on?.kind === 'run' ? on.run : null)
    if (children === undefined || own?.workflow === undefined || !run.success)
      return settle(step, { kind: 'failed', error: noChildren(step), exitCode: null })
    const request = requestOf(step, own.workflow, own)
    if ('name' in request) return settle(step, { kind: 'failed', error: request, exitCode: null })
    void watch(children, childOf(children, { step, run: run.data, request, mayGo }))
  }

  function requestOf(step: StepId, path: string, own: StepDefinition): ChildRequest | RunError {
    const facts = ledger.facts()
    const { id, lineage } = facts
    const inputs = evaluateTemplate(own.with ?? {}, scopeOf(ledger, definition, step))
    if ('problem' in inputs)
      return runError('Expression', `Step ${step}: \`with\`: ${inputs.problem}`)
    const values = inputs.value as ChildRequest['inputs'] // a template of an object is one
    const depth = lineage?.relation === 'child' ? Number(lineage['depth'] ?? 1) + 1 : 1
    const folder = runFolder(facts)
    return { parent: id, depth, step, definition: path, folder, inputs: values, isRetry: false }
  }

  /** Never rejects: why a child cannot be carried is how its step ends. */
  async function watch(port: ChildRuns, child: Child): Promise<void> {
    const { step, run, left, asked, askAgain } = child
    active.set(step, child)
    open.set(step, child)
    const limit = armTimeout(port, child)
    let begun = await asked()
    for (;;) {
      if (left.signal.aborted) break
      const [seen] = await Promise.allSettled([port.observe(of(run))])
      // One that cannot be read is for a repair: its parent goes on waiting for it.
      const view = seen.status === 'fulfilled' ? seen.value : unreadable
      if (view.kind !== 'open') {
        limit.forget()
        const cause = begun.status === 'rejected' ? toAppError(begun.reason).message : null
        return settle(step, await resultOf(step, { view, run, cause, timedOut: limit.isOver() }))
      }
      // What stood in the way may be over, and nobody else goes on with it.
      if (view.isFree && !isSettled(begun) && !left.signal.aborted) begun = await askAgain()
      await Promise.allSettled([port.changed(run, left.signal)])
    }
    limit.forget()
    active.delete(step)
    onSettled()
  }

  function of(run: RunId): ChildOf {
    return { run, parent: ledger.facts().id }
  }

  function settle(step: StepId, result: AttemptResult): void {
    settled.push({ step, result })
    onSettled()
  }

  function armTimeout(
    port: ChildRuns,
    { step, run }: Child,
  ): { forget(): void; isOver(): boolean } {
    const limit = stepOf(definition, step)?.timeout
    const since = ledger.step(step)?.waitingOn?.['since']
    let isOver = false
    if (limit === undefined) return { forget: () => undefined, isOver: () => false }
    // Of one that is gone on with after its step had failed, a resume does not say since when.
    const passedMs = typeof since === 'string' ? Date.parse(context.now()) - Date.parse(since) : 0
    const forget = after(durationMs(limit) - passedMs, () => {
      isOver = true
      const reason = `Step ${step} of its parent did not end in time.`
      // What comes of it is seen at the child.
      void Promise.allSettled([port.cancel(of(run), 'unstuck', reason)])
    })
    return { forget, isOver: () => isOver }
  }

  async function resultOf(
    step: StepId,
    ended: {
      readonly view: Exclude<Awaited<ReturnType<ChildRuns['observe']>>, { kind: 'open' }>
      readonly run: RunId
      readonly cause: string | null
      readonly timedOut: boolean
    },
  ): Promise<AttemptResult> {
    const { view, run, cause, timedOut } = ended
    const own = stepOf(definition, step)
    if (view.kind === 'completed' && own !== undefined) {
      const result = { kind: 'succeeded', output: view.output, exitCode: null } as const
      const scope = scopeOf(ledger, definition, step)
      const mapped = { step, definition: own, scope, keep: keepNowhere }
      const limited = await limitOutput(result, mapped)
      return mapOutput(limited, mapped)
    }
    const error = timedOut ? timeoutError(step, run, own) : errorOf(run, view, cause)
    return { kind: 'failed', error, exitCode: null }
  }

  async function stopAll(kind: 'pause' | 'cancel', { by, reason }: Asked): Promise<void> {
    const port = children
    if (port === undefined) return
    const all = [...(kind === 'pause' ? active : open).values()]
    stopping += 1
    const why = pausedWith(ledger.facts().id)
    const stopOne = async ({ run, asked }: Child): Promise<void> => {
      // One that is just about to start would not be found.
      await asked()
      await (kind === 'pause' ? port.pause(of(run), by, why) : port.cancel(of(run), by, reason))
    }
    await Promise.allSettled(all.map(stopOne))
    for (const { left } of all) left.abort()
    stopping -= 1
    onSettled()
  }
}

/** The run with which the last attempt of a step failed. */
function failedRunOf(state: StepState | null): RunId | null {
  return RunIdSchema.safeParse(state?.attempts.at(-1)?.error?.['run']).data ?? null
}

function childOf(
  port: ChildRuns,
  begun: {
    readonly step: StepId
    readonly run: RunId
    readonly request: ChildRequest
    readonly mayGo: () => boolean
  },
): Child {
  const { step, run, request, mayGo } = begun
  let asked = ask()
  return {
    step,
    run,
    left: new AbortController(),
    asked: () => asked,
    askAgain: () => (asked = ask()),
  }

  async function ask(): Promise<PromiseSettledResult<boolean>> {
    // Later: whoever takes a run only to cancel it says so once it is taken.
    const ensured = Promise.resolve().then(() => !mayGo() || port.ensure(run, request))
    const [outcome] = await Promise.allSettled([ensured])
    return outcome
  }
}

function isSettled(asked: PromiseSettledResult<boolean>): boolean {
  return asked.status === 'fulfilled' && asked.value
}

const unreadable = { kind: 'open', isFree: false } as const

function noChildren(step: StepId): RunError {
  return runError('NotStarted', `Step ${step} is a run of its own, and none can be started here.`)
}

function timeoutError(step: StepId, run: RunId, own: StepDefinition | undefined): RunError {
  const limit: Json = own?.timeout ?? null
  const words = typeof limit === 'number' ? `${limit} s` : String(limit)
  const message = `Step ${step}: run ${run} did not end within ${words} and was cancelled.`
  return { ...runError('Timeout', message), run }
}

function errorOf(
  run: RunId,
  view: Awaited<ReturnType<ChildRuns['observe']>>,
  cause: string | null,
): RunError {
  if (view.kind === 'failed') return view.error
  const message = cause === null ? `Run ${run}, which it waited for, is not there any more.` : cause
  return runError('ChildRun', message)
}
