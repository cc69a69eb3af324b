import { tokensOf } from '../../schema/pointer.ts'
import type { Change } from './change.ts'
import { isEqualJson } from './jsonShape.ts'
import { steadyValue, type OwnNames } from './steadyValue.ts'

/** Whether a change is one of ids, times, durations, processes or folders alone. */
export function isByChance(change: Change, own: OwnNames): boolean {
  if (change.kind !== 'changed') return false
  const name = tokensOf(change.path).findLast((token) => !/^\d+$/.test(token))
  const before = steadyValue(change.before, own, name)
  return isEqualJson(before, steadyValue(change.after, own, name))
}
