import { assertNever } from '../../assert.ts'
import type { Json } from '../../schema/json.ts'
import { tokensOf } from '../../schema/pointer.ts'
import type { StateCondition } from '../../schema/runCondition.ts'

/** Whether the state has what is asked for. A text is found in values and, where any place is meant, in keys. */
export function matchState(state: Json, condition: StateCondition): boolean {
  const keys = tokensOf(condition.path)
  const isThere =
    keys.length === 1 && keys[0] === '**' && condition.op === 'contains'
      ? hasText(state, condition.value.toLowerCase())
      : hasAt(state, { keys, at: 0, isMatch: (value) => isMatch(value, condition) })
  return isThere !== condition.isNot
}

type Place = {
  readonly keys: readonly string[]
  readonly at: number
  readonly isMatch: (value: Json) => boolean
}

function hasAt(value: Json, place: Place): boolean {
  const { keys, at } = place
  const key = keys[at]
  if (key === undefined) return place.isMatch(value)
  if (key === '**' && hasAt(value, { ...place, at: at + 1 })) return true
  const next = key === '**' ? place : { ...place, at: at + 1 }
  if (Array.isArray(value))
    return isAny(key)
      ? value.some((item: Json) => hasAt(item, next))
      : /^(0|[1-9]\d*)$/.test(key) && Number(key) < value.length && hasAt(value[Number(key)], next)
  if (!isObject(value)) return false
  if (isAny(key)) return Object.values(value).some((item) => hasAt(item, next))
  const child = Object.hasOwn(value, key) ? value[key] : undefined
  return child !== undefined && hasAt(child, next)
}

function isAny(key: string): boolean {
  return key === '*' || key === '**'
}

function isObject(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function hasText(value: Json, text: string): boolean {
  if (Array.isArray(value)) return value.some((item: Json) => hasText(item, text))
  if (!isObject(value)) return textOf(value).toLowerCase().includes(text)
  return Object.entries(value).some(
    ([key, item]) => key.toLowerCase().includes(text) || hasText(item, text),
  )
}

/** A list or an object is not compared as a whole: it only is there, or contains. */
function isMatch(value: Json, { op, value: wanted }: StateCondition): boolean {
  const isWhole = typeof value === 'object' && value !== null
  switch (op) {
    case 'exists':
      return true
    case 'equals':
      return !isWhole && isEqual(value, wanted)
    case 'contains':
      return hasText(value, wanted.toLowerCase())
    case 'above':
      return !isWhole && compare(value, wanted) > 0
    case 'below':
      return !isWhole && compare(value, wanted) < 0
    default:
      return assertNever(op)
  }
}

function isEqual(value: Json, wanted: string): boolean {
  return textOf(value) === wanted || (typeof value === 'number' && numberOf(wanted) === value)
}

/** As numbers where a number is asked for, else as texts, as moments sort; NaN where they cannot be compared. */
function compare(value: Json, wanted: string): number {
  const number = numberOf(wanted)
  if (!Number.isNaN(number))
    return (typeof value === 'number' ? value : numberOf(textOf(value))) - number
  if (typeof value !== 'string') return Number.NaN
  return value === wanted ? 0 : value > wanted ? 1 : -1
}

function numberOf(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text)
}

function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
