import type { Json } from '../../schema/json.ts'
import { itemParent } from '../../schema/itemStep.ts'
import type { StepState } from '../../schema/run.ts'
import { isEqual } from './applyPatch.ts'

/** Whether a name is that of an item of the step, from this index on. */
export function isItemOf(name: string, step: string, fromIndex: number): boolean {
  const parent = itemParent(name)
  return parent !== null && parent.step === step && parent.index >= fromIndex
}

/** An item when its step goes over its items: what it has behind it stays, as long as it is about the same. */
export function itemOf(state: StepState, item: Json): Partial<StepState> {
  const isBehind =
    state.status === 'succeeded' || (state.status === 'skipped' && state.skippedBy === 'person')
  if (isBehind && isEqual(state.item, item)) return {}
  return { status: 'pending', output: null, waitingOn: null, skippedBy: null, item }
}

export function endedBadly({ status }: StepState): boolean {
  return status === 'failed' || status === 'cancelled'
}
