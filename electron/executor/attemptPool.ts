import { stepOf } from '../../shared/core/graph/order.ts'
import type { RecordBody } from '../../shared/schema/journal.ts'
import type { StepId } from '../../shared/schema/ids.ts'
import { effectiveSideEffects } from '../../shared/schema/stepMeaning.ts'
import type { StepDefinition, WorkflowDefinition } from '../../shared/schema/workflow.ts'
import type { ActiveAttempt, StopCause } from './activeAttempt.ts'
import { adoptAttempt } from './adoptAttempt.ts'
import type { AttemptValues } from './attemptFolder.ts'
import type { AttemptResult } from './attemptResult.ts'
import { beginAttempt, type BegunAttempt } from './beginAttempt.ts'
import type { ExecutorContext } from './executorContext.ts'
import type { Ledger } from './ledger.ts'
import { scopeOf } from './scopeOf.ts'

export type SettledAttempt = {
  readonly attempt: Pick<ActiveAttempt, 'step' | 'number' | 'isAdopted' | 'stoppedFor'>
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

type PoolOptions = {
  readonly definition: WorkflowDefinition
  readonly ledger: Ledger
  readonly onSettled: () => void
  /** Makes a checkpoint for a function of this process. */
  readonly checkpoint: (name: string) => Promise<void>
}

export function createAttemptPool(context: ExecutorContext, options: PoolOptions): AttemptPool {
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
    const begun = await beginAll(context, options, steps)
    try {
      await ledger.append(begun.map(intent), { durable: begun.some(isExternal) })
    } catch (error) {
      begun.forEach(abandon)
      throw error
    }
    const goes = mayGo()
    for (const attempt of begun) {
      if (goes) attempt.go()
      else attempt.abandon()
      void watch(attempt.watch())
    }
  }

  function adopt(step: StepId): void {
    const run = ledger.facts()
    const stepDefinition = stepOf(definition, step)
    const attempt = ledger.step(step)?.attempts.at(-1)
    if (stepDefinition === undefined || attempt === undefined) return
    const scope = scopeOf(ledger, definition, step)
    void watch(adoptAttempt(context, { run, step, definition: stepDefinition, scope, attempt }))
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
  { ledger, definition, checkpoint }: PoolOptions,
  steps: readonly StepId[],
): Promise<readonly BegunAttempt[]> {
  const run = ledger.facts()
  const outcomes = await Promise.allSettled(
    steps.flatMap((step) => {
      const own = stepOf(definition, step)
      const number = (ledger.step(step)?.attempts.at(-1)?.number ?? 0) + 1
      if (own === undefined) return []
      const scope = scopeOf(ledger, definition, step)
      const outputs = outputsOf(ledger, own)
      return [
        beginAttempt(context, { run, outputs, scope, step, definition: own, number, checkpoint }),
      ]
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

function intent({ step, number, process }: BegunAttempt): RecordBody {
  return { type: 'stepStarted', step, attempt: number, process }
}

function isExternal({ definition }: BegunAttempt): boolean {
  return effectiveSideEffects(definition) === 'external'
}

function abandon(attempt: BegunAttempt): void {
  attempt.abandon()
}
