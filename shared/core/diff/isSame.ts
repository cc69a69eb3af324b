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
    const partner = key === '__proto__' && !Object.hasOwn(other, key) ? undefined : other[key]
    if (!isSame(value, partner, depth + 1)) return false
    count += 1
  }
  // To read the values of the other one again is only needed where some of them may be undefined.
  let theirs = 0
  // oxlint-disable-next-line no-underscore-dangle -- they are only counted
  for (const _key in other) theirs += 1
  return theirs === count || countDefined(other) === count
}

/** Entries that JSON would write. */
export function countDefined(record: JsonRecord): number {
  let count = 0
  for (const key in record) if (record[key] !== undefined) count += 1
  return count
}
