import type { Json } from '../../schema/json.ts'
import { compareLists } from './compareLists.ts'
import { isEqualJson, isList, isRecord, ownValue, type JsonRecord } from './jsonShape.ts'
import { addAdded, addChanged, addRemoved, enter, leave, type Walk } from './walk.ts'

/** Deeper values are compared as a whole: neither finding nor applying a change may exhaust the call stack. */
const maxDepth = 400

/** Adds what turns one value into the other. What is equal on both sides costs nothing but being looked at. */
export function compareValues(walk: Walk, before: Json, after: Json): void {
  if (Object.is(before, after)) return
  walk.budget -= 1
  const bothLists = isList(before) && isList(after)
  if (!bothLists && !(isRecord(before) && isRecord(after))) return addChanged(walk, before, after)
  if (walk.budget <= 0 || walk.from.length >= maxDepth) return compareWhole(walk, before, after)
  if (bothLists) return compareLists(walk, { before, after }, compareValues)
  if (isRecord(before) && isRecord(after)) compareRecords(walk, before, after)
}

function compareWhole(walk: Walk, before: Json, after: Json): void {
  if (isEqualJson(before, after)) return
  walk.coarse = true
  addChanged(walk, before, after)
}

/** Keys are walked in place, without a list of them: this is where nearly all the time of a comparison goes. */
function compareRecords(walk: Walk, before: JsonRecord, after: JsonRecord): void {
  let shared = 0
  for (const key in before) {
    const one = before[key]
    const other = after[key]
    if (one === other && one !== 0 && one !== undefined) shared += 1
    else if (compareKey(walk, { before, after }, key)) shared += 1
  }
  if (shared < countDefined(after)) addMissing(walk, before, after)
}

/** Whether both have the key. */
function compareKey(
  walk: Walk,
  { before, after }: { readonly before: JsonRecord; readonly after: JsonRecord },
  key: string,
): boolean {
  const one = ownValue(before, key)
  const other = ownValue(after, key)
  if (one === undefined) return false
  if (other === undefined) {
    addRemoved(walk, key, one)
    return false
  }
  enter(walk, key, key)
  compareValues(walk, one, other)
  leave(walk)
  return true
}

function addMissing(walk: Walk, before: JsonRecord, after: JsonRecord): void {
  for (const key in after) {
    const value = ownValue(after, key)
    if (value !== undefined && ownValue(before, key) === undefined) addAdded(walk, key, value)
  }
}

function countDefined(record: JsonRecord): number {
  let count = 0
  for (const key in record) if (record[key] !== undefined) count += 1
  return count
}
