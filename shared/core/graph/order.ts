// The graph room answers what a workflow's dependencies mean: order, flaws, and which steps may start.
import { itemParent } from '../../schema/itemStep.ts'
import { ownValue } from '../../schema/json.ts'
import type { StepId } from '../../schema/ids.ts'
import type { StepDefinition, WorkflowDefinition } from '../../schema/workflow.ts'

/** Steps so that each stands behind what it needs, else as written. Steps in or behind a cycle come last. */
export function order(definition: WorkflowDefinition): readonly StepId[] {
  const known = orders.get(definition)
  if (known !== undefined) return known
  const found = findOrder(definition)
  orders.set(definition, found)
  return found
}

// A definition never changes, and whoever carries a run asks at each of its turns: 2 ms with 2,000 steps.
const orders = new WeakMap<WorkflowDefinition, readonly StepId[]>()

function findOrder(definition: WorkflowDefinition): readonly StepId[] {
  const steps = stepIds(definition)
  const sound = new Set(steps.filter(isOutside(stepsInCycles(definition))))
  const placed = new Set<StepId>()
  for (const step of steps) if (sound.has(step)) placeAfterNeeds(step)
  return [...placed, ...steps.filter((step) => !sound.has(step))]

  function placeAfterNeeds(first: StepId): void {
    const stack = [first]
    while (stack.length > 0) {
      const step = stack.at(-1) ?? first
      const missing = needsOf(definition, step).filter(
        (need) => sound.has(need) && !placed.has(need),
      )
      if (missing.length === 0) placed.add(step)
      if (placed.has(step)) stack.pop()
      else stack.push(...missing.toReversed())
    }
  }
}

export function stepIds(definition: WorkflowDefinition): readonly StepId[] {
  return Object.keys(definition.steps) as StepId[] // the record's keys are step ids by its schema
}

export function needsOf(definition: WorkflowDefinition, step: StepId): readonly StepId[] {
  return stepOf(definition, step)?.needs ?? []
}

/** What defines a step; an item of a `forEach` step is defined by that step. */
export function stepOf(definition: WorkflowDefinition, step: string): StepDefinition | undefined {
  const own = ownValue<StepDefinition>(definition.steps, step)
  if (own !== undefined) return own
  const parent = itemParent(step)
  const found =
    parent === null ? undefined : ownValue<StepDefinition>(definition.steps, parent.step)
  return found?.forEach === undefined ? undefined : found
}

/** Steps that can never be ordered: members of a cycle, and what depends on one. */
export function stepsInCycles(definition: WorkflowDefinition): ReadonlySet<StepId> {
  const dependents = new Map<StepId, StepId[]>()
  const open = new Map<StepId, number>()
  for (const step of stepIds(definition)) {
    const needs = new Set(needsOf(definition, step).filter((need) => stepOf(definition, need)))
    open.set(step, needs.size)
    for (const need of needs) pushTo(dependents, need, step)
  }
  const free = stepIds(definition).filter((step) => open.get(step) === 0)
  for (let step = free.pop(); step !== undefined; step = free.pop()) {
    open.delete(step)
    for (const dependent of dependents.get(step) ?? []) {
      const left = (open.get(dependent) ?? 0) - 1
      open.set(dependent, left)
      if (left === 0) free.push(dependent)
    }
  }
  return new Set(open.keys())
}

function isOutside(steps: ReadonlySet<StepId>): (step: StepId) => boolean {
  return (step) => !steps.has(step)
}

function pushTo<K, V>(lists: Map<K, V[]>, key: K, item: V): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [item])
  else list.push(item)
}
