import { z } from 'zod'

/** Any JSON value of a native document. Foreign documents keep their lexemes and never pass through this type. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json }

/** Deeper values are refused: every reader and writer of JSON recurses. */
export const maxJsonDepth = 1000

/** Passes a value on as it is, without a copy, so that a key such as `__proto__` stays what it was. */
export const Json: z.ZodType<Json> = z.custom<Json>((value) => isJson(value, 0), {
  message: `expected a JSON value, at most ${maxJsonDepth} levels deep`,
})

/** ISO 8601, UTC, milliseconds: `2026-01-02T03:04:05.678Z`. */
export const Timestamp = z.iso.datetime({ precision: 3 })
export type Timestamp = z.infer<typeof Timestamp>

/** The record's own value of a key; never what `Object.prototype` has under that name. */
export function ownValue<T>(record: { readonly [key: string]: T }, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined
}

function isJson(value: unknown, depth: number): boolean {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return true
    case 'number':
      return Number.isFinite(value)
    case 'object':
      if (value === null) return true
      return depth < maxJsonDepth && isPlain(value) && areJson(Object.values(value), depth + 1)
    default:
      return false
  }
}

function areJson(values: readonly unknown[], depth: number): boolean {
  for (const value of values) if (!isJson(value, depth)) return false
  return true
}

/** An array, or an object that no class made; true also for values of another realm. */
function isPlain(value: object): boolean {
  if (Array.isArray(value)) return true
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}
