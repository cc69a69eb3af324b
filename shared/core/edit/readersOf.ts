import type { Json } from '../../schema/json.ts'
import type { StepDefinition, WorkflowDefinition } from '../../schema/workflow.ts'
import { mentionsOf, type Reference } from '../expression/references.ts'
import { expressionsOf } from '../expression/referencedSteps.ts'
import { stepIds } from '../graph/order.ts'
import type { StepId } from '../../schema/ids.ts'

/** What an edit changes, as an expression names it: `inputs.amount`, `variables.n`, or a step's output. */
export type Source = {
  readonly root: 'inputs' | 'variables' | 'steps'
  /** Null: any of them. */
  readonly name: string | null
}

/** Steps whose conditions, values or templates look at one of these, in the order of the definition. */
export function readersOf(
  definition: WorkflowDefinition,
  sources: readonly Source[],
): readonly StepId[] {
  if (sources.length === 0) return []
  return stepIds(definition).filter((id) => {
    const step = definition.steps[id]
    return step !== undefined && referencesOf(step).some((one) => sources.some(isRead(one)))
  })
}

function isRead({ root, path }: Reference): (source: Source) => boolean {
  const [name = null] = path
  return (source) =>
    source.root === root && (source.name === null || name === null || source.name === name)
}

function referencesOf(step: StepDefinition): readonly Reference[] {
  const { when, forEach, wait } = step
  const items = typeof forEach === 'object' && 'items' in forEach ? forEach.items : forEach
  const waits = typeof wait === 'object' ? [wait.for, wait.until] : []
  const whole = [when, items, ...waits].filter((text) => typeof text === 'string')
  const inTexts = expressionsOf(step as Json) // a definition was read from JSON
  return [...whole, ...inTexts].flatMap((text) => mentionsOf(text)?.references ?? [])
}
