import { StepId } from '../../schema/ids.ts'
import { ownValue } from '../../schema/json.ts'
import type { Attempt, Run, StepState, StepStatus } from '../../schema/run.ts'
import type { StepDefinition } from '../../schema/workflow.ts'
import { order, stepOf } from '../graph/order.ts'
import type { DiagnoseFacts } from './diagnoseFacts.ts'
import type { Diagnosis } from './diagnosis.ts'

export type StepFacts = {
  readonly step: StepId
  readonly state: StepState
  /** For an item of a `forEach` step, that step's. */
  readonly definition: StepDefinition | null
  /** The last attempt; null when there was none. */
  readonly attempt: Attempt | null
}

/** Steps of a run that have one of these statuses, in dependency order; those without a definition come last. */
export function stepsWith(run: Run | null, ...statuses: readonly StepStatus[]): StepFacts[] {
  if (run === null) return []
  const { definition: workflow } = run.workflow
  return stepIds(run).flatMap((step) => {
    const state = ownValue<StepState>(run.steps, step)
    if (state === undefined || !statuses.includes(state.status)) return []
    const definition = workflow === null ? null : (stepOf(workflow, step) ?? null)
    return [{ step, state, definition, attempt: state.attempts.at(-1) ?? null }]
  })
}

/** [G61] Whether a run that nobody carries waits for people and for nothing else. */
export function waitsForPeople({
  run,
  liveness,
}: Pick<DiagnoseFacts, 'run' | 'liveness'>): boolean {
  if (liveness !== 'interrupted') return false
  const open = stepsWith(run, 'running', 'waiting')
  return open.length > 0 && open.every(({ state }) => state.waitingOn?.kind === 'gate')
}

function stepIds(run: Run): readonly StepId[] {
  const defined = run.workflow.definition === null ? [] : order(run.workflow.definition)
  const known = new Set<string>(defined)
  const others = Object.keys(run.steps).flatMap((key) => {
    const parsed = known.has(key) ? null : StepId.safeParse(key)
    return parsed?.success === true ? [parsed.data] : []
  })
  return [...defined, ...others]
}

/** Where what an attempt wrote is found; null where there was none. */
export function attemptLog(
  { step }: Pick<StepFacts, 'step'>,
  attempt: Pick<Attempt, 'number'> | null,
): Diagnosis['log'] {
  return attempt === null ? null : { step, attempt: attempt.number }
}
