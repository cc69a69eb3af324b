import { itemParent } from '../../schema/itemStep.ts'
import type { StepId } from '../../schema/ids.ts'
import type { Run } from '../../schema/run.ts'
import { needsOf, order } from '../graph/order.ts'

/** Steps that need this one, directly or through others, in dependency order. Of an item: what needs its step, and that step. */
export function dependentsOf(run: Run, step: string): readonly StepId[] {
  const { definition } = run.workflow
  if (definition === null) return []
  const parent = itemParent(step)?.step ?? null
  const behind = new Set<string>([step, ...(parent === null ? [] : [parent])])
  const found: StepId[] = []
  for (const one of order(definition)) {
    if (one === step || !needsOf(definition, one).some((need) => behind.has(need))) continue
    behind.add(one)
    found.push(one)
  }
  return parent === null ? found : [parent, ...found]
}
