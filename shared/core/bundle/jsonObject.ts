import type { Json } from '../../schema/json.ts'

export type JsonObject = { readonly [key: string]: Json }

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Each value of an object changed, also under a key such as `__proto__`. */
export function mapObject(
  value: JsonObject,
  change: (item: Json, key: string) => Json,
): JsonObject {
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, change(item, key)]))
}
