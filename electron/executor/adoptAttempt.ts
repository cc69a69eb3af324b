import type { Attempt } from '../../shared/schema/run.ts'
import { settledAttempt, watchAttempt, type ActiveAttempt } from './activeAttempt.ts'
import type { ExecutorContext } from './executorContext.ts'
import { prepareStep, type StepToPrepare } from './kinds/prepareStep.ts'

/** Watches an attempt that another host began. One without a process is gone: it may have had its effect. */
export function adoptAttempt(
  context: ExecutorContext,
  adopted: StepToPrepare & { readonly attempt: Attempt },
): ActiveAttempt {
  const { step, attempt } = adopted
  const { number, startedAt, process } = attempt
  if (process === null) return settledAttempt({ kind: 'gone' }, { step, number, isAdopted: true })
  const prepared = prepareStep(context, adopted)
  const workingFolder = prepared.kind === 'process' ? prepared.workingFolder : null
  const watched = { ...adopted, number, startedAt, process, workingFolder, wrapper: null }
  return watchAttempt(context, watched)
}
