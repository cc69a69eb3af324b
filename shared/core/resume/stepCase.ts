import { StepId } from '../../schema/ids.ts'
import { ownValue } from '../../schema/json.ts'
import type { Attempt, StepState } from '../../schema/run.ts'
import { effectiveSideEffects, type StepDefinition } from '../../schema/workflow.ts'
import { order } from '../graph/order.ts'
import { definitionInUse, type ResumeInput } from './resumeInput.ts'
import type { StepTrace } from './resumePlan.ts'

/** A step as the plan finds it. */
export type StepCase = {
  readonly step: StepId
  readonly state: StepState
  /** Null when the definition in use does not have it. */
  readonly definition: StepDefinition | null
  readonly attempt: Attempt | null
  readonly trace: StepTrace
  /** Its state in the run as it is now; null when that is not known, or nothing came after. */
  readonly later: StepState | null
}

/** Steps in dependency order, then those that the run has and the definition has not. */
export function stepCases(input: ResumeInput): readonly StepCase[] {
  const definition = definitionInUse(input)
  return stepIds(input).map((step) => {
    const state = ownValue<StepState>(input.run.steps, step) ?? pending
    const later = input.latest ? (ownValue<StepState>(input.latest.steps, step) ?? null) : null
    return {
      step,
      state,
      definition: ownValue<StepDefinition>(definition?.steps ?? {}, step) ?? null,
      attempt: state.attempts.at(-1) ?? null,
      trace: ownValue(input.traces, step) ?? { kind: 'gone' },
      later,
    }
  })
}

/** A step that states no side effects may have any. */
export function isExternal({ definition }: StepCase): boolean {
  return definition === null || effectiveSideEffects(definition) === 'external'
}

/** The intent of an attempt is on disk and its result is not. */
export function hasOpenAttempt({ state, attempt }: StepCase): boolean {
  return state.status === 'running' || (state.status === 'waiting' && attempt?.outcome === null)
}

const pending: StepState = {
  status: 'pending',
  attempts: [],
  output: null,
  waitingOn: null,
  skippedBy: null,
}

function stepIds(input: ResumeInput): readonly StepId[] {
  const definition = definitionInUse(input)
  const defined = definition === null ? [] : order(definition)
  const known = new Set<string>(defined)
  const others = Object.keys(input.run.steps).flatMap((key) => {
    const parsed = StepId.safeParse(key)
    return parsed.success && !known.has(key) ? [parsed.data] : []
  })
  return [...defined, ...others]
}
