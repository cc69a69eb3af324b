import type { StepView } from '../../../shared/contract/runs.ts'
import type { WaitingOn } from '../../../shared/schema/run.ts'

export type WaitingGate = {
  readonly step: StepView
  readonly on: Extract<WaitingOn, { kind: 'gate' }>
}

/** Steps that wait for a person who answers here, in their order. */
export function waitingGates(steps: readonly StepView[]): readonly WaitingGate[] {
  return steps.flatMap((step) => {
    const on = step.waitingOn
    const isAskedHere = on?.kind === 'gate' && on.answeredBy !== 'program'
    return step.status === 'waiting' && isAskedHere ? [{ step, on }] : []
  })
}
