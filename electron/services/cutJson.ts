import { isList, isRecord } from '../../shared/core/diff/jsonShape.ts'
import type { Json } from '../../shared/schema/json.ts'

/** A value as JSON text, the start of it where it is long; null where there is none. */
export function cutJson(value: Json | undefined): {
  readonly text: string | null
  readonly truncated: boolean
} {
  if (value === undefined) return { text: null, truncated: false }
  const text = startOf(value, '\n', maxCharacters)
  return { text: text.slice(0, maxCharacters), truncated: text.length > maxCharacters }
}

/** A page of a hundred with both sides stays well below the largest message. */
const maxCharacters = 2048

/** As `JSON.stringify` with two spaces; of what is long at least `most` and one more: what is not shown is not written. */
function startOf(value: Json, indent: string, most: number): string {
  // A character of a text is one of its JSON at least, behind a quote.
  if (typeof value === 'string') return JSON.stringify(value.slice(0, most))
  if (!isList(value) && !isRecord(value)) return JSON.stringify(value)
  const [open, close] = isList(value) ? ['[', ']'] : ['{', '}']
  let text = open
  const inner = `${indent}  `
  for (const key of isList(value) ? value.keys() : Object.keys(value)) {
    if (text.length > most) return text
    const item = isList(value) ? value[Number(key)] : value[key]
    if (item === undefined) continue
    const name = isList(value) ? '' : `${JSON.stringify(key)}: `
    text += `${text === open ? '' : ','}${inner}${name}`
    text += startOf(item, inner, Math.max(0, most - text.length))
  }
  return text === open ? `${open}${close}` : `${text}${indent}${close}`
}
