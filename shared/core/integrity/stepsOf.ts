import { ownValue } from '../../schema/json.ts'
import type { Run, StepState } from '../../schema/run.ts'
import type { StepDefinition } from '../../schema/workflow.ts'
import { pointer } from '../../schema/pointer.ts'

export type StepEntry = {
  readonly step: string
  readonly state: StepState
  readonly pointer: (...rest: readonly (string | number)[]) => string
}

/** The steps of a run with their pointers, in the order of the document. */
export function stepsOf(run: Run): readonly StepEntry[] {
  return Object.entries<StepState>(run.steps).map(([step, state]) => ({
    step,
    state,
    pointer: (...rest) => pointer('steps', step, ...rest),
  }))
}

/** The definition of a step; an item of a `forEach` step, `step[i]`, has that of its step. */
export function definitionOf(run: Run, step: string): StepDefinition | undefined {
  const steps = run.workflow.definition?.steps ?? {}
  return (
    ownValue<StepDefinition>(steps, step) ??
    ownValue<StepDefinition>(steps, step.replace(/\[\d+\]$/, ''))
  )
}
