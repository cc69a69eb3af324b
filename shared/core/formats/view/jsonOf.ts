import type { Json } from '../../../schema/json.ts'
import { unquote } from '../../codec/pointer.ts'
import type { TextNode } from '../text/parseText.ts'

/** A value for the common view, where numbers are JavaScript's; what is no JSON (`NaN`) is its own text. Never for writing. */
export function jsonOf(node: TextNode | null): Json {
  if (node === null) return null
  if (node.kind === 'array') return node.items.map(jsonOf)
  if (node.kind === 'object') {
    return Object.fromEntries(node.members.map(({ key, value }) => [key, jsonOf(value)]))
  }
  const { lexeme } = node
  if (lexeme.startsWith('"')) return unquote(lexeme)
  if (lexeme === 'null') return null
  if (lexeme === 'true' || lexeme === 'false') return lexeme === 'true'
  const number = Number(lexeme)
  return Number.isFinite(number) ? number : lexeme
}
