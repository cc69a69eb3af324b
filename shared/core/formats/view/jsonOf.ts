import type { Json } from '../../../schema/json.ts'
import { membersOf, type TextNode } from '../text/parseText.ts'
import { plainScalar } from '../text/plainJson.ts'

/** A value to look at and to compare: a number that no number of this program is equal to is its own text. Never for writing. */
export function jsonOf(node: TextNode | null): Json {
  if (node === null) return null
  if (node.kind === 'array') return node.items.map(jsonOf)
  return node.kind === 'object' ? jsonRecord(node) : plainScalar(node.lexeme)
}

export function jsonRecord(node: TextNode | null): { readonly [key: string]: Json } {
  return Object.fromEntries([...membersOf(node)].map(([key, value]) => [key, jsonOf(value)]))
}
