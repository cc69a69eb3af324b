import { order } from '../graph/order.ts'
import { itemParent } from '../../schema/itemStep.ts'
import type { Run } from '../../schema/run.ts'
import type { Sides } from './divergence.ts'

/**
 * The steps of both runs in dependency order. The items of a step stand before it: its output is made of theirs. A step of
 * the left run alone stands behind the one that it stood behind there.
 */
export function alignSteps({ left, right }: Sides): readonly string[] {
  const items = itemsOf([left, right])
  const steps = merge(orderOf(left), orderOf(right))
  return steps.flatMap((step) => [...(items.get(step) ?? []), step])
}

function orderOf({ workflow, steps }: Run): readonly string[] {
  const known: readonly string[] = workflow.definition === null ? [] : order(workflow.definition)
  const defined = new Set(known)
  const parents = Object.keys(steps).map((step) => itemParent(step)?.step ?? step)
  return [...new Set([...known, ...parents.filter((step) => !defined.has(step))])]
}

function merge(left: readonly string[], right: readonly string[]): readonly string[] {
  const known = new Set(right)
  const behind = new Map<string | null, string[]>()
  let last: string | null = null
  for (const step of left) {
    if (known.has(step)) last = step
    else pushTo(behind, last, step)
  }
  const first = behind.get(null) ?? []
  return [...first, ...right.flatMap((step) => [step, ...(behind.get(step) ?? [])])]
}

function itemsOf(runs: readonly Run[]): ReadonlyMap<string, readonly string[]> {
  const names = new Set(runs.flatMap(({ steps }) => Object.keys(steps)))
  const items = [...names].flatMap((name) => {
    const parent = itemParent(name)
    return parent === null ? [] : [{ name, ...parent }]
  })
  const groups = new Map<string, string[]>()
  for (const { step, name } of items.toSorted((one, other) => one.index - other.index))
    pushTo(groups, step, name)
  return groups
}

function pushTo<K>(lists: Map<K, string[]>, key: K, step: string): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [step])
  else list.push(step)
}
