import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { stepOf } from '../../shared/core/graph/order.ts'
import { invariant } from '../../shared/assert.ts'
import { ownValue } from '../../shared/schema/json.ts'
import type { StepId } from '../../shared/schema/ids.ts'
import type { Run, StepState } from '../../shared/schema/run.ts'
import { effectiveSideEffects } from '../../shared/schema/stepMeaning.ts'
import type { WorkflowDefinition } from '../../shared/schema/workflow.ts'
import type { SettledAttempt } from './attemptPool.ts'
import { isCheckpointDue } from './checkpointPolicy.ts'
import { stepIdsOf, type Asked } from './endRecords.ts'
import type { ExecutorContext } from './executorContext.ts'
import type { Ledger } from './ledger.ts'
import { resultRecords } from './resultRecords.ts'
import { chanceOf } from './retryDelay.ts'

export type Recorder = {
  record(settled: SettledAttempt, cancelled: Asked | null): Promise<void>
  /** Resolves when the reports are removed that say nothing more. */
  tidied(): Promise<void>
}

/** Writes how attempts ended, with the retry or the checkpoint that follows from it. */
export function createRecorder(
  context: ExecutorContext,
  options: { readonly definition: WorkflowDefinition; readonly ledger: Ledger },
): Recorder {
  const { definition, ledger } = options
  const failedTries = triesBefore(ledger.snapshot())
  let stepsSinceCheckpoint = 0
  const reportsToRemove: string[] = []
  let removing: Promise<void> = Promise.resolve()

  return { record, tidied: () => removing }

  async function record(
    { attempt, ended }: SettledAttempt,
    cancelled: Asked | null,
  ): Promise<void> {
    if (ended.status === 'rejected') throw ended.reason
    const run = ledger.facts()
    const { step, number, isAdopted } = attempt
    const stepDefinition = stepOf(definition, step)
    invariant(
      stepDefinition !== undefined,
      `Step ${step} of run ${run.id} ran without a definition.`,
    )

    const now = context.now()
    const tries = failedTries.get(step) ?? 0
    const records = resultRecords({
      ledger,
      step,
      definition: stepDefinition,
      attempt: number,
      result: ended.value,
      isAdopted,
      stoppedFor: attempt.stoppedFor(),
      cancelled,
      failedTries: tries,
      chance: chanceOf(context.randomId),
      isCheckpointDue: isCheckpointDue(context.checkpoints(), {
        steps: stepsSinceCheckpoint + 1,
        ms: Date.parse(now) - Date.parse(ledger.lastCheckpoint()?.at ?? run.createdAt),
      }),
      now,
    })
    const isCheckpoint = records.some(({ type }) => type === 'checkpoint')
    const isExternal = effectiveSideEffects(stepDefinition) === 'external'
    const durable = isCheckpoint || isExternal
    await ledger.append(records, { durable })

    if (records.some(({ type }) => type === 'stepFailed')) failedTries.set(step, tries + 1)
    if (records.some(({ type }) => type === 'stepSucceeded')) {
      stepsSinceCheckpoint = isCheckpoint ? 0 : stepsSinceCheckpoint + 1
      const folder = join(context.store.root, context.store.layout.step(run.id, step, number))
      const hadProcess = ledger.step(step)?.attempts.at(-1)?.process !== null
      if (hadProcess) reportsToRemove.push(folder)
    }
    // The next step does not wait for it.
    if (durable) removing = removeReports(reportsToRemove.splice(0), removing)
  }
}

/** Tries of steps that were under way when the run was taken over; others begin anew with every resume. */
function triesBefore(run: Run): Map<StepId, number> {
  const tries = new Map<StepId, number>()
  for (const step of stepIdsOf(run)) {
    const state = ownValue<StepState>(run.steps, step)
    const failed = state?.attempts.filter(({ outcome }) => outcome === 'failed').length ?? 0
    if (state?.status === 'running' || state?.status === 'waiting') tries.set(step, failed)
  }
  return tries
}

/** Once a success is durable in the journal, its report says nothing more. One that cannot be removed only takes space. */
async function removeReports(folders: readonly string[], before: Promise<void>): Promise<void> {
  await Promise.allSettled(folders.map((folder) => rm(folder, { recursive: true, force: true })))
  await before
}
