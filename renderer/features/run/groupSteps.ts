import type { StepView } from '../../../shared/contract/runs.ts'
import { itemParent } from '../../../shared/schema/itemStep.ts'

export type StepGroup = {
  readonly step: StepView
  /** The items of a `forEach` step that were read, in their order. */
  readonly items: readonly StepView[]
}

/** Steps with their items below them; an item whose step was not read stands for itself. */
export function groupSteps(steps: readonly StepView[]): readonly StepGroup[] {
  const known = new Set<string>(steps.map(({ id }) => id))
  const items = new Map<string, StepView[]>()
  const own: StepView[] = []
  for (const step of steps) {
    const parent = itemParent(step.id)?.step
    if (parent === undefined || !known.has(parent)) own.push(step)
    else items.set(parent, [...(items.get(parent) ?? []), step])
  }
  return own.map((step) => ({ step, items: items.get(step.id) ?? [] }))
}
