import { AppError } from '../../shared/errors.ts'
import { annotate, type AnnotationChange } from '../../shared/schema/annotationChange.ts'
import type { CheckpointId, StepId } from '../../shared/schema/ids.ts'
import type { RecordBody } from '../../shared/schema/journal.ts'
import { gateCheckpoint } from './checkpointPolicy.ts'
import { checkpointRecord } from './checkpointRecord.ts'
import type { ExecutorContext } from './executorContext.ts'
import { decisionRecord, type GateDecision } from './gates.ts'
import type { Ledger } from './ledger.ts'
import { retryNowRecord } from './retryNow.ts'

/** What a person asks of a run that goes on. Each is recorded between two turns of its loop; what cannot be done throws. */
export type Commands = {
  readonly decide: (said: GateDecision) => Promise<void>
  readonly retry: (step: StepId) => Promise<void>
  readonly checkpoint: (name: string) => Promise<CheckpointId>
  readonly annotate: (change: AnnotationChange, by: string) => Promise<void>
  /** Does what was asked since; called by the loop alone. */
  perform(): Promise<void>
  /** Whoever is still waiting is told that the run is not carried any more. */
  close(problem: AppError | null): void
}

type Asked = { readonly work: () => Promise<void>; readonly refuse: (error: AppError) => void }

export function createCommands(
  context: Pick<ExecutorContext, 'now' | 'checkpoints'>,
  options: { readonly ledger: Ledger; readonly onAsked: () => void },
): Commands {
  const { ledger, onAsked } = options
  const queue: Asked[] = []
  let closed: AppError | null = null

  return {
    decide: (said) =>
      ask(async () => {
        const { id } = ledger.facts()
        const { step } = said
        const at = { state: ledger.step(step), now: context.now() }
        const decided = decisionRecord(id, at, said)
        const after = gateCheckpoint(context.checkpoints(), ledger, { step, isDecided: true })
        await ledger.append([decided, ...after], { durable: true })
      }),
    retry: (step) =>
      ask(async () => {
        const { id } = ledger.facts()
        const record = retryNowRecord(id, { step, state: ledger.step(step), now: context.now() })
        await ledger.append([record], { durable: true })
      }),
    checkpoint: (name) =>
      ask(async () => {
        const of = { trigger: 'manual', step: null, ahead: 0, done: 0 } as const
        const made = { ...checkpointRecord(ledger, of), name } satisfies RecordBody
        await ledger.append([made], { durable: true })
        return made.id
      }),
    annotate: (change, by) =>
      ask(async () => {
        const annotations = annotate(ledger.facts().annotations, change)
        if (annotations === null) return
        await ledger.append([{ type: 'annotated', annotations, by }], { durable: true })
      }),
    async perform() {
      // One by one: what is still in the queue when one of them ends the loop is refused, and not forgotten.
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) await next.work()
    },
    close(problem) {
      const { id, status } = ledger.facts()
      closed =
        problem ??
        new AppError('not-found', `Run ${id} is not carried any more: it is ${status}.`, {
          run: id,
        })
      for (const { refuse } of queue.splice(0)) refuse(closed)
    },
  }

  function ask<T>(work: () => Promise<T>): Promise<T> {
    if (closed !== null) return Promise.reject(closed)
    return new Promise<T>((resolve, reject) => {
      queue.push({ work: () => perform(work, { resolve, reject }), refuse: reject })
      onAsked()
    })
  }
}

/** What a person asked wrongly is theirs to hear; what the disk refuses ends the loop as well. */
async function perform<T>(
  work: () => Promise<T>,
  {
    resolve,
    reject,
  }: { readonly resolve: (value: T) => void; readonly reject: (error: unknown) => void },
): Promise<void> {
  try {
    resolve(await work())
  } catch (error) {
    reject(error)
    if (!(error instanceof AppError) || error.code !== 'invalid-input') throw error
  }
}
