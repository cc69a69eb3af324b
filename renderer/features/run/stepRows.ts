import type { StepView } from '../../../shared/contract/runs.ts'
import { groupSteps } from './groupSteps.ts'

export type StepRowOf = {
  readonly step: StepView
  /** An item of the last row before it that is none. */
  readonly isItem: boolean
  /** How many items it has in all. */
  readonly count: number
  /** Of an opened step: how many items of it were read. */
  readonly read: number
  readonly isOpen: boolean
}

export type StepRowsOptions = {
  /** Steps whose items are shown. */
  readonly opened: ReadonlySet<string>
  /** Ids of what is looked for; null: all. */
  readonly found: readonly string[] | null
  readonly selected: string | null
}

/** The rows of the list of steps. Whatever is looked for or selected among the items is shown, with its step above it. */
export function stepRows(
  steps: readonly StepView[],
  { opened, found, selected }: StepRowsOptions,
): readonly StepRowOf[] {
  const wanted = found === null ? null : new Set(found)
  const isWanted = ({ id }: StepView) => wanted === null || wanted.has(id)
  return groupSteps(steps).flatMap(({ step, items }) => {
    const count = Object.values(step.items ?? {}).reduce((sum, one) => sum + one, 0)
    const isOpen = opened.has(step.id) || items.some(({ id }) => id === selected)
    const matching = items.filter(isWanted)
    const shown = wanted === null ? (isOpen ? items : []) : matching
    if (!isWanted(step) && shown.length === 0) return []
    const own = {
      step,
      isItem: false,
      count,
      read: items.length,
      isOpen: shown.length > 0 || isOpen,
    }
    return [
      own,
      ...shown.map((item) => ({ step: item, isItem: true, count: 0, read: 0, isOpen: false })),
    ]
  })
}
