// What a program keeps is JSON, whole or not at all: a value that JSON would lose or change is refused with its place.
import { AppError } from '../../shared/errors.ts'
import { put } from '../../shared/core/run/draft.ts'
import type { Json } from '../../shared/schema/json.ts'

/** A program's own state: names, and JSON under each. A save writes only the names whose value changed. */
export type State = { readonly [name: string]: Json }

/** Largest state in bytes of its JSON, unless a program allows more. */
export const defaultMaxStateBytes = 64 * 1024 * 1024

/**
 * A copy of the state as plain JSON. Properties that are `undefined` are left out, as JSON does. Throws `invalid-input` for
 * anything else that JSON cannot hold (a date, a map, `NaN`, a function, a cycle), and for more than `maxBytes`.
 */
export function asState(value: unknown, limits: { readonly maxBytes: number }): State {
  const copy = copyJson(value, 'state', 0)
  if (copy === null || typeof copy !== 'object' || isList(copy))
    throw refused('state', 'is no object: give the state names, such as { value }')
  const bytes = Buffer.byteLength(JSON.stringify(copy))
  if (bytes <= limits.maxBytes) return copy
  throw new AppError(
    'invalid-input',
    `The state is ${bytes} bytes of JSON, and at most ${limits.maxBytes} are kept. Keep large values in files of their own, or allow more with maxStateBytes.`,
    { bytes, maxBytes: limits.maxBytes },
  )
}

/** The same for any value. `place` is what the error calls it. */
export function copyJson(value: unknown, place: string, depth: number): Json {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value
    case 'number':
      if (Number.isFinite(value)) return value === 0 ? 0 : value // JSON.stringify makes 0 of -0
      throw refused(place, `is ${value}, which JSON has no word for`)
    case 'object':
      return value === null ? null : copyObject(value, place, depth)
    default:
      throw refused(place, `is ${typeof value === 'undefined' ? '' : 'a '}${typeof value}`)
  }
}

function copyObject(value: object, place: string, depth: number): Json {
  if (depth >= maxDepth)
    throw refused(place.slice(0, 200), `is deeper than ${maxDepth} levels, or contains itself`)
  if (Array.isArray(value))
    return Array.from(value, (item: unknown, index) =>
      copyJson(item, `${place}[${index}]`, depth + 1),
    )
  const made = classOf(value)
  if (made !== null) throw refused(place, `is a ${made}: keep plain values, such as its text`)
  if (Object.getOwnPropertySymbols(value).length > 0)
    throw refused(place, 'has a symbol as a key, which JSON would lose')
  const copy: Record<string, Json> = {}
  for (const [key, item] of Object.entries(value))
    if (item !== undefined) put(copy, key, copyJson(item, `${place}.${key}`, depth + 1))
  return copy
}

/** The name of the class that made an object; null for a plain one, also of another realm. */
function classOf(value: object): string | null {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype === null || Object.getPrototypeOf(prototype) === null) return null
  return value.constructor.name || 'value of a class'
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}

function refused(place: string, why: string): AppError {
  return new AppError('invalid-input', `${place} ${why}. Nothing was saved.`, { place })
}

/** Less than a document may have, because the state lies some levels deep in it. */
const maxDepth = 900
