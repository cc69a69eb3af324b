import type { Json } from '../../schema/json.ts'
import { spend, spendText, type Budget } from './budget.ts'
import { fail } from './failure.ts'

/** A value while an expression is evaluated: JSON, in which whole numbers are bigint once they are looked at. */
export type Value =
  | null
  | boolean
  | bigint
  | number
  | string
  | readonly Value[]
  | { readonly [key: string]: Value }

export type ValueMap = { readonly [key: string]: Value }

/** What an evaluation pays, and the lists and maps that it made itself: all others are JSON as they are. */
export type Work = { readonly budget: Budget; readonly made: WeakSet<object> }

/** A whole number of JSON is an integer. */
export function read(value: Value): Value {
  return typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : value
}

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value)
}

export function isMap(value: Value): value is ValueMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The type in words, with its article. */
export function kindOfValue(value: Value): string {
  if (value === null) return 'null'
  if (isList(value)) return 'a list'
  switch (typeof value) {
    case 'boolean':
      return 'true or false'
    case 'bigint':
    case 'number':
      return 'a number'
    case 'string':
      return 'a text'
    default:
      return 'a map'
  }
}

export function make<T extends Value & object>(work: Work, value: T): T {
  work.made.add(value)
  return value
}

/** The value as JSON. What came from JSON is passed on as it is, without a copy. */
export function toJson(value: Value, work: Work): Json {
  return convert(value, { ...work, isRoot: true })
}

function convert(value: Value, work: Work & { readonly isRoot: boolean }): Json {
  if (typeof value === 'bigint') return toNumber(value)
  if (typeof value === 'number') return finite(value)
  if (typeof value === 'string') spendText(work.budget, work.isRoot ? 0 : value.length)
  if (typeof value !== 'object' || value === null) return value
  if (!work.made.has(value)) {
    // Repeated in a value that was made, it will be written out as often.
    if (!work.isRoot) spend(work.budget, weigh(value as Json, work.budget.left)) // not made here: it came from JSON
    return value as Json // as above
  }
  const inner = { ...work, isRoot: false }
  spend(work.budget, 1)
  if (isList(value)) return value.map((item) => convert(item, inner))
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, convert(one, inner)]))
}

/** How much a value weighs when it is written out; stops counting beyond the limit. */
function weigh(value: Json, limit: number): number {
  const open: Json[] = [value]
  let weight = 0
  for (let one = open.pop(); one !== undefined && weight <= limit; one = open.pop()) {
    weight += typeof one === 'string' ? 1 + Math.ceil(one.length / 16) : 1
    if (typeof one !== 'object' || one === null) continue
    for (const inner of Object.values(one)) open.push(inner)
  }
  return weight
}

function toNumber(value: bigint): number {
  const number = Number(value)
  if (Number.isSafeInteger(number)) return number
  return fail(`the number ${value} is too large: JSON holds whole numbers up to 2^53 - 1.`)
}

function finite(value: number): number {
  return Number.isFinite(value) ? value : fail('the result is no finite number.')
}

/** The value as it stands in a text. Null has no text: a missing value must not pass unseen. */
export function toText(value: Value, work: Work): string {
  if (typeof value === 'string') return value
  if (value === null) return fail('it is null, which has no text; write `x == null ? "" : x`.')
  const json = toJson(value, work)
  if (typeof json !== 'object') return String(json)
  spend(work.budget, weigh(json, work.budget.left))
  return JSON.stringify(json)
}
