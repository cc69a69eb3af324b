import type { Json } from '../../schema/json.ts'

/** A value as one line of JSON, for a row: at most 200 characters. */
export function inLine(value: Json | undefined): string | null {
  if (value === undefined) return null
  const text = JSON.stringify(value)
  return text.length > 200 ? `${text.slice(0, 199)}…` : text
}
