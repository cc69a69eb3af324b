import type { Json } from '../../shared/schema/json.ts'

/** The same keys with nothing in them: what is to be filled in. A list is empty, for how many there are is not known. */
export function shapeOf(value: Json): Json {
  if (Array.isArray(value)) return []
  if (typeof value !== 'object' || value === null) return null
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shapeOf(inner)]))
}
