import { isNothing, member, membersOf } from '../text/parseText.ts'
import type { FileStore } from './fileStore.ts'

/** Steps of the plan with a gate: what it asks can only be asked by the engine itself. */
export function gatesOf({ plan }: FileStore): readonly string[] {
  if (plan?.parsed.kind !== 'ok') return []
  return [...membersOf(member(plan.parsed.root, 'step_graph'))]
    .filter(([, step]) => !isNothing(member(step, 'gate')))
    .map(([name]) => name)
}
