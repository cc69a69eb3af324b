import type { Json } from '../../shared/schema/json.ts'

/** A value as JSON text, the start of it where it is long; null where there is none. */
export function cutJson(value: Json | undefined): {
  readonly text: string | null
  readonly truncated: boolean
} {
  if (value === undefined) return { text: null, truncated: false }
  const text = JSON.stringify(value, null, 2)
  return { text: text.slice(0, maxCharacters), truncated: text.length > maxCharacters }
}

/** A page of a hundred with both sides stays well below the largest message. */
const maxCharacters = 2048
