import type { StepView } from '../../shared/contract/runs.ts'
import { stepOf } from '../../shared/core/graph/order.ts'
import type { StepId } from '../../shared/schema/ids.ts'
import { itemParent } from '../../shared/schema/itemStep.ts'
import { ownValue } from '../../shared/schema/json.ts'
import type { Run, StepState, StepStatus } from '../../shared/schema/run.ts'
import { effectiveSideEffects, kindOf } from '../../shared/schema/stepMeaning.ts'

type Facts = Pick<
  StepView,
  'title' | 'needs' | 'sideEffects' | 'kind' | 'when' | 'attemptsAllowed' | 'item'
>

/** What the recorded definition says of a step. An item is defined by its step. */
export function stepFactsOf({ workflow, steps }: Run, step: StepId): Facts {
  const own = workflow.definition === null ? undefined : stepOf(workflow.definition, step)
  const item = ownValue<StepState>(steps, step)?.item
  const shown = item === undefined ? {} : { item: JSON.stringify(item).slice(0, itemCharacters) }
  if (own === undefined) return { title: null, needs: [], sideEffects: 'undeclared', ...shown }
  const kind = kindOf(own)
  // What can do nothing outside by its kind needs no declaration.
  const isHarmless = kind !== null && effectiveSideEffects(own) === 'none'
  return {
    title: own.title ?? null,
    needs: [...(own.needs ?? [])],
    sideEffects: own.sideEffects ?? (isHarmless ? 'none' : 'undeclared'),
    kind,
    ...(own.when === undefined ? {} : { when: own.when.slice(0, whenCharacters) }),
    attemptsAllowed: own.retry?.attempts ?? 1,
    ...shown,
  }
}

/** How many items of each step have which status. */
export function countItems({ steps }: Run): ReadonlyMap<string, NonNullable<StepView['items']>> {
  const counts = new Map<string, Partial<Record<StepStatus, number>>>()
  for (const [id, { status }] of Object.entries(steps)) {
    const parent = itemParent(id)?.step
    if (parent === undefined) continue
    const own = counts.get(parent) ?? {}
    counts.set(parent, { ...own, [status]: (own[status] ?? 0) + 1 })
  }
  return counts
}

const itemCharacters = 200
const whenCharacters = 500
