import type { Json } from '../../../schema/json.ts'
import { unquote } from '../../codec/pointer.ts'
import { isExact } from '../text/plainJson.ts'
import { membersOf, type TextNode } from '../text/parseText.ts'

/** A value to look at and to compare: a number that no number of this program is equal to is its own text. Never for writing. */
export function jsonOf(node: TextNode | null): Json {
  if (node === null) return null
  if (node.kind === 'array') return node.items.map(jsonOf)
  if (node.kind === 'object') return jsonRecord(node)
  const { lexeme } = node
  if (lexeme.startsWith('"')) return unquote(lexeme)
  if (lexeme === 'null') return null
  if (lexeme === 'true' || lexeme === 'false') return lexeme === 'true'
  return isExact(lexeme) ? Number(lexeme) : lexeme
}

export function jsonRecord(node: TextNode | null): { readonly [key: string]: Json } {
  return Object.fromEntries([...membersOf(node)].map(([key, value]) => [key, jsonOf(value)]))
}
