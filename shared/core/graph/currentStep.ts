import { StepId } from '../../schema/ids.ts'
import type { Run, StepStatus } from '../../schema/run.ts'
import { order } from './order.ts'

/** What a run is at, first things first; what went wrong is where a run that failed is. */
const precedence: readonly StepStatus[] = ['running', 'waiting', 'failed', 'cancelled', 'pending']
const whileMoving: readonly StepStatus[] = ['running', 'waiting', 'pending', 'failed', 'cancelled']

/** The step that the run is at: running, else waiting, else failed or next. Null when every step is behind it. */
export function currentStep(run: Run): StepId | null {
  if (run.status === 'completed') return null
  const found = new Map<StepStatus, string>()
  for (const step of stepNames(run)) {
    const status = Object.hasOwn(run.steps, step) ? run.steps[step as StepId]?.status : undefined // a key of its steps
    if (status !== undefined && !found.has(status)) found.set(status, step)
  }
  const isAtRest = run.status === 'failed' || run.status === 'cancelled'
  const status = (isAtRest ? precedence : whileMoving).find((each) => found.has(each))
  return status === undefined ? null : (StepId.safeParse(found.get(status)).data ?? null)
}

/** Steps in the order in which they would run: as defined, then those that the definition does not have. */
function stepNames(run: Run): readonly string[] {
  const { definition } = run.workflow
  return definition === null
    ? Object.keys(run.steps)
    : [...new Set([...order(definition), ...Object.keys(run.steps)])]
}
