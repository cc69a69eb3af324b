import { stepOf } from '../graph/order.ts'
import { itemParent } from '../../schema/itemStep.ts'
import { ownValue, type Json } from '../../schema/json.ts'
import { pointer } from '../../schema/pointer.ts'
import type { Attempt, Run, StepState } from '../../schema/run.ts'
import type { Sides } from './divergence.ts'
import type { Facet } from './partOf.ts'

/** What is compared of a step, causes before what they cause. */
export function stepFacets(sides: Sides, step: string): readonly Facet[] {
  const left = factsOf(sides.left, step)
  const right = factsOf(sides.right, step)
  const facet = (part: Exclude<Facet['part'], 'inputs'>): Facet => ({
    step,
    part,
    at: { left: left[part].at, right: right[part].at },
    left: left[part].value,
    right: right[part].value,
  })
  return [facet('definition'), facet('input'), facet('status'), facet('error'), facet('output')]
}

export function inputsFacet({ left, right }: Sides): Facet {
  const at = { left: '/inputs', right: '/inputs' }
  return { step: null, part: 'inputs', at, left: left.inputs, right: right.inputs }
}

export function stateOf(run: Run, step: string): StepState | undefined {
  return ownValue<StepState>(run.steps, step)
}

type Fact = { readonly at: string; readonly value: Json | undefined }

function factsOf(run: Run, step: string) {
  const state = stateOf(run, step)
  const at = pointer('steps', step)
  const error = errorOf(state, at)
  return {
    definition: {
      at: pointer('workflow', 'definition', 'steps', step),
      value: definedAs(run, step),
    },
    input: { at: `${at}/item`, value: state?.item },
    status: { at: `${at}/status`, value: statusOf(state) },
    error,
    output: { at: `${at}/output`, value: state?.output ?? null },
  } satisfies Record<string, Fact>
}

/** The items of a step are defined by it, and compared with it. A run without a definition is compared by what it did. */
function definedAs({ workflow, steps }: Run, step: string): Json | undefined {
  if (itemParent(step) !== null) return undefined
  if (workflow.definition === null) return Object.hasOwn(steps, step) ? true : undefined
  return stepOf(workflow.definition, step) as unknown as Json | undefined // a definition was read from JSON or YAML
}

/** A step that nothing has happened to is pending, whether it is written down or not. */
function statusOf(state: StepState | undefined): string {
  if (state === undefined) return 'pending'
  return state.skippedBy === null ? state.status : `${state.status} by ${state.skippedBy}`
}

/** Name, code and message of the error that the step ended with; its stack tells of folders and of nothing else. */
function errorOf(state: StepState | undefined, at: string): Fact {
  const attempts: readonly Attempt[] = state?.attempts ?? []
  const error = state?.status === 'failed' ? attempts.at(-1)?.error : null
  const place = `${at}/attempts/${Math.max(0, attempts.length - 1)}/error`
  if (error === null || error === undefined) return { at: place, value: undefined }
  const { name, code, message } = error
  return { at: place, value: { name, code, message } }
}
