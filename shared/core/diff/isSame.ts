import type { Json } from '../../schema/json.ts'
import { isEqualJson, isList, type JsonRecord } from './jsonShape.ts'

type Value = Json | undefined
const maxRecursion = 300

/** As `isEqualJson`, and quicker where values are not deep: nothing is allocated. */
export function isSame(one: Value, other: Value, depth = 0): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null)
    return one === other && (one !== 0 || Object.is(one, other))
  if (one === other) return true
  if (depth > maxRecursion) return isEqualJson(one, other)
  if (isList(one)) {
    if (!isList(other) || one.length !== other.length) return false
    for (let index = 0; index < one.length; index += 1)
      if (!isSame(one[index], other[index], depth + 1)) return false
    return true
  }
  return !isList(other) && areSameRecords(one, other, depth)
}

function areSameRecords(one: JsonRecord, other: JsonRecord, depth: number): boolean {
  let count = 0
  for (const key in one) {
    const value = one[key]
    if (value === undefined) continue
    // Only an own value counts, and `__proto__` is the only name under which every object has one to inherit.
    const theirs = key === '__proto__' && !Object.hasOwn(other, key) ? undefined : other[key]
    if (!isSame(value, theirs, depth + 1)) return false
    count += 1
  }
  for (const key in other) if (other[key] !== undefined) count -= 1
  return count === 0
}
