import { stepOf } from '../../shared/core/graph/order.ts'
import type { RunFacts } from '../../shared/core/run/runDraft.ts'
import type { RecordBody } from '../../shared/schema/journal.ts'
import type { StepId } from '../../shared/schema/ids.ts'
import {
  effectiveSideEffects,
  type StepDefinition,
  type WorkflowDefinition,
} from '../../shared/schema/workflow.ts'
import { watchAttempt, type ActiveAttempt, type StopCause } from './activeAttempt.ts'
import type { AttemptValues } from './attemptFolder.ts'
import { runError, type AttemptResult } from './attemptResult.ts'
import { beginAttempt, type BegunAttempt } from './beginAttempt.ts'
import type { ExecutorContext } from './executorContext.ts'
import type { Ledger } from './ledger.ts'

export type SettledAttempt = {
  readonly attempt: ActiveAttempt
  readonly ended: PromiseSettledResult<AttemptResult>
}

/** The attempts of one run that are under way. One that ended counts until it is taken. */
export type AttemptPool = {
  size(): number
  /** Starts steps: wrappers first, then all intents in one append, then each go, unless `mayGo` says no by then. */
  begin(steps: readonly StepId[], mayGo: () => boolean): Promise<void>
  /** Watches the attempt that another host began. */
  adopt(step: StepId): void
  take(): readonly SettledAttempt[]
  stop(cause: StopCause): void
  leave(): void
}

export function createAttemptPool(
  context: ExecutorContext,
  options: {
    readonly definition: WorkflowDefinition
    readonly ledger: Ledger
    readonly onSettled: () => void
  },
): AttemptPool {
  const { definition, ledger, onSettled } = options
  const active = new Map<StepId, ActiveAttempt>()
  const settled: SettledAttempt[] = []

  return {
    size: () => active.size,
    begin,
    adopt,
    take() {
      const taken = settled.splice(0)
      for (const { attempt } of taken) active.delete(attempt.step)
      return taken
    },
    stop(cause) {
      for (const attempt of active.values()) attempt.stop(cause)
    },
    leave() {
      for (const attempt of active.values()) attempt.leave()
    },
  }

  async function begin(steps: readonly StepId[], mayGo: () => boolean): Promise<void> {
    const run = ledger.facts()
    const begun = await beginAll(context, { ledger, definition, steps })
    try {
      await ledger.append(begun.map(intent), { durable: begun.some(isExternal) })
    } catch (error) {
      begun.forEach(abandon)
      throw error
    }
    const goes = mayGo()
    for (const attempt of begun) {
      if (attempt.started.kind === 'waiting')
        if (goes) attempt.started.wrapper.go()
        else attempt.started.wrapper.abandon()
      void watch(activeOf(context, run, attempt))
    }
  }

  function adopt(step: StepId): void {
    const run = ledger.facts()
    const stepDefinition = stepOf(definition, step)
    const attempt = ledger.step(step)?.attempts.at(-1)
    if (stepDefinition === undefined || attempt === undefined) return
    const { number, startedAt, process } = attempt
    const watched =
      process === null
        ? settledAs({ kind: 'gone' }, { step, number, isAdopted: true })
        : watchAttempt(context, {
            run,
            step,
            definition: stepDefinition,
            number,
            process,
            startedAt,
            wrapper: null,
          })
    void watch(watched)
  }

  /** Never rejects: how an attempt ended, or that it could not be found out, is what is taken. */
  async function watch(attempt: ActiveAttempt): Promise<void> {
    active.set(attempt.step, attempt)
    const [ended] = await Promise.allSettled([attempt.result])
    settled.push({ attempt, ended })
    onSettled()
  }
}

/** All of them, or none: where one cannot be prepared, the others are told to end. */
async function beginAll(
  context: ExecutorContext,
  options: {
    readonly ledger: Ledger
    readonly definition: WorkflowDefinition
    readonly steps: readonly StepId[]
  },
): Promise<readonly BegunAttempt[]> {
  const { ledger, definition, steps } = options
  const run = ledger.facts()
  const outcomes = await Promise.allSettled(
    steps.flatMap((step) => {
      const stepDefinition = stepOf(definition, step)
      const number = (ledger.step(step)?.attempts.at(-1)?.number ?? 0) + 1
      if (stepDefinition === undefined) return []
      const outputs = outputsOf(ledger, stepDefinition)
      return [beginAttempt(context, { run, outputs, step, definition: stepDefinition, number })]
    }),
  )
  const begun = outcomes.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  const failed = outcomes.find((one) => one.status === 'rejected')
  if (failed === undefined) return begun
  begun.forEach(abandon)
  throw failed.reason
}

function outputsOf(ledger: Ledger, { needs = [] }: StepDefinition): AttemptValues['outputs'] {
  return Object.fromEntries(needs.map((step) => [step, ledger.step(step)?.output ?? null]))
}

function intent({ step, number, started }: BegunAttempt): RecordBody {
  const process = started.kind === 'waiting' ? started.process : null
  return { type: 'stepStarted', step, attempt: number, process }
}

function isExternal({ definition }: BegunAttempt): boolean {
  return effectiveSideEffects(definition) === 'external'
}

function abandon({ started }: BegunAttempt): void {
  if (started.kind === 'waiting') started.wrapper.abandon()
}

function activeOf(context: ExecutorContext, run: RunFacts, begun: BegunAttempt): ActiveAttempt {
  const { step, definition, number, started } = begun
  if (started.kind === 'waiting') {
    const { wrapper, process } = started
    const startedAt = context.now()
    return watchAttempt(context, { run, step, definition, number, process, startedAt, wrapper })
  }
  const message = `Step ${step} did not begin: no process could be started (${started.problem}).`
  const error = runError('NotStarted', message)
  return settledAs({ kind: 'failed', error, exitCode: null }, { step, number, isAdopted: false })
}

/** An attempt that has no process. */
function settledAs(
  result: AttemptResult,
  attempt: Pick<ActiveAttempt, 'step' | 'number' | 'isAdopted'>,
): ActiveAttempt {
  return {
    ...attempt,
    result: Promise.resolve(result),
    stoppedFor: () => null,
    stop: () => undefined,
    leave: () => undefined,
  }
}
