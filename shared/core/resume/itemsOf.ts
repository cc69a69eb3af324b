import type { StepId } from '../../schema/ids.ts'
import { itemParent } from '../../schema/itemStep.ts'
import { ownValue } from '../../schema/json.ts'
import type { Run, StepState } from '../../schema/run.ts'

/** The name of a step and, of an item of it, what stands behind: `scrape[3]` is `scrape` and `[3]`. */
export function splitItem(step: string): { readonly base: string; readonly suffix: string } {
  const item = itemParent(step)
  if (item === null) return { base: step, suffix: '' }
  return { base: item.step, suffix: step.slice(item.step.length) }
}

/** The recorded items of every step that has some, in their order. */
export function itemsOf(run: Pick<Run, 'steps'>): ReadonlyMap<string, readonly StepId[]> {
  const found = new Map<string, { readonly step: StepId; readonly index: number }[]>()
  for (const key of Object.keys(run.steps) as StepId[]) {
    // the record's keys are step ids by its schema
    const item = itemParent(key)
    if (item === null) continue
    const others = found.get(item.step)
    const one = { step: key, index: item.index }
    if (others === undefined) found.set(item.step, [one])
    else others.push(one)
  }
  return new Map(
    [...found].map(([base, items]) => [
      base,
      items.toSorted((a, b) => a.index - b.index).map(({ step }) => step),
    ]),
  )
}

/** What is over with such a step is over with its items. */
export function isSettled(state: StepState): boolean {
  return (
    state.status === 'succeeded' || (state.status === 'skipped' && state.skippedBy === 'person')
  )
}

export function stateOf(run: Pick<Run, 'steps'>, step: string): StepState | null {
  return ownValue<StepState>(run.steps, step) ?? null
}
