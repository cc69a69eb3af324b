// A foreign document as a JSON value in which no number loses a digit: what JavaScript would write otherwise is marked text.
import { assertNever } from '../../../assert.ts'
import type { Json } from '../../../schema/json.ts'
import { unquote } from '../../codec/pointer.ts'
import type { TextNode } from './parseText.ts'

/** A private character that no engine writes: it tells a number's text from a string with the same characters. */
const mark = '\uF8F0'

/** [F197] For comparing and searching; of a key that stands twice the last value. */
export function markedJson(node: TextNode): Json {
  switch (node.kind) {
    case 'array':
      return node.items.map(markedJson)
    case 'object':
      return Object.fromEntries(node.members.map(({ key, value }) => [key, markedJson(value)]))
    case 'scalar':
      return scalar(node.lexeme)
    default:
      return assertNever(node)
  }
}

/** JSON text of such a value, or of a part of it, with every number as the document has it. */
export function withoutMarks(text: string): string {
  return text.replaceAll(marked, '$1')
}

/** A text that was found in such a value, as a person reads it. */
export function withoutMark(text: string): string {
  return text.replaceAll(mark, '')
}

const marked = new RegExp(`"${mark}([^"]*)"`, 'g')

const words: Readonly<Record<string, Json>> = { true: true, false: false, null: null }

function scalar(lexeme: string): Json {
  if (lexeme.startsWith('"')) return unquote(lexeme)
  const word = words[lexeme]
  if (word !== undefined) return word
  const number = Number(lexeme)
  return String(number) === lexeme ? number : `${mark}${lexeme}`
}
