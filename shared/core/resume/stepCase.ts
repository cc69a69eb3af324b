import { StepId } from '../../schema/ids.ts'
import { ownValue } from '../../schema/json.ts'
import type { Attempt, StepState } from '../../schema/run.ts'
import { effectiveSideEffects, kindOf } from '../../schema/stepMeaning.ts'
import type { StepDefinition } from '../../schema/workflow.ts'
import { order } from '../graph/order.ts'
import { itemsOf, splitItem, stateOf } from './itemsOf.ts'
import { definitionInUse, type ResumeInput } from './resumeInput.ts'
import type { StepTrace } from './resumePlan.ts'

/** A step as the plan finds it. */
export type StepCase = {
  readonly step: StepId
  readonly state: StepState
  /** Of an item: that of its step. Null when the definition in use does not have it. */
  readonly definition: StepDefinition | null
  readonly attempt: Attempt | null
  readonly trace: StepTrace
  /** Its state in the run as it is now; null when that is not known, or nothing came after. */
  readonly later: StepState | null
  /** The step whose item it is. */
  readonly parent: { readonly step: StepId; readonly state: StepState } | null
  /** Of a step that runs once for each item: those that are recorded. */
  readonly items: readonly StepId[]
}

/** Steps in dependency order, each before its items, then those that the run has and the definition has not. */
export function stepCases(input: ResumeInput): readonly StepCase[] {
  const definition = definitionInUse(input)
  const items = itemsOf(input.run)
  const steps = (step: string) => ownValue<StepDefinition>(definition?.steps ?? {}, step)
  return stepIds(input, items).map((step): StepCase => {
    const { base, suffix } = splitItem(step)
    const owner = suffix === '' ? null : forEachOf(steps(base))
    const own = suffix === '' ? (steps(step) ?? null) : owner
    const state = stateOf(input.run, step) ?? pending
    return {
      step,
      state,
      definition: own,
      attempt: state.attempts.at(-1) ?? null,
      trace: ownValue(input.traces, step) ?? { kind: 'gone' },
      later: input.latest ? stateOf(input.latest, step) : null,
      parent: owner === null ? null : parentOf(input, base),
      items: forEachOf(own) !== null && suffix === '' ? (items.get(step) ?? []) : [],
    }
  })
}

/** A step that states no side effects may have any. */
export function isExternal({ definition }: StepCase): boolean {
  return definition === null || effectiveSideEffects(definition) === 'external'
}

/** A run of its own that states nothing may have any effects, although each of its steps answers for itself. */
export function mayHaveEffects(found: StepCase): boolean {
  const { definition } = found
  if (definition === null || kindOf(definition) !== 'workflow') return isExternal(found)
  return (definition.sideEffects ?? 'external') === 'external'
}

/** The intent of an attempt is on disk and its result is not. */
export function hasOpenAttempt({ state, attempt }: StepCase): boolean {
  return state.status === 'running' || (state.status === 'waiting' && attempt?.outcome === null)
}

export const pending: StepState = {
  status: 'pending',
  attempts: [],
  output: null,
  waitingOn: null,
  skippedBy: null,
}

function parentOf(input: ResumeInput, base: string): StepCase['parent'] {
  const step = StepId.parse(base)
  return { step, state: stateOf(input.run, step) ?? pending }
}

function forEachOf(definition: StepDefinition | null | undefined): StepDefinition | null {
  return definition?.forEach === undefined ? null : definition
}

function stepIds(
  input: ResumeInput,
  items: ReadonlyMap<string, readonly StepId[]>,
): readonly StepId[] {
  const definition = definitionInUse(input)
  const steps = definition?.steps ?? {}
  const defined = (definition === null ? [] : order(definition)).flatMap((step) =>
    forEachOf(ownValue<StepDefinition>(steps, step)) === null
      ? [step]
      : [step, ...(items.get(step) ?? [])],
  )
  const known = new Set<string>(defined)
  const others = Object.keys(input.run.steps).flatMap((key) => {
    const parsed = StepId.safeParse(key)
    return parsed.success && !known.has(key) ? [parsed.data] : []
  })
  return [...defined, ...others]
}
