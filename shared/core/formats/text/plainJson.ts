import { maxJsonDepth, type Json } from '../../../schema/json.ts'
import { unquote } from '../../codec/pointer.ts'
import type { TextNode } from './parseText.ts'

/**
 * The value that a tree of lexemes stands for, to look at: a number that no number of this program is equal to, and what is
 * nested too deeply, is given as the text that it is written with.
 */
export function plainJson(node: TextNode, text: string, depth = 0): Json {
  if (node.kind === 'scalar') return plainScalar(node.lexeme)
  if (depth >= maxJsonDepth - 10) return text.slice(node.start, node.end)
  if (node.kind === 'array') return node.items.map((item) => plainJson(item, text, depth + 1))
  // Not an assignment: a key `__proto__` is a key like any other.
  return Object.fromEntries(
    node.members.map(({ key, value }) => [key, plainJson(value, text, depth + 1)]),
  )
}

/** A number that no number of this program is equal to is given as it is written. */
export function plainScalar(lexeme: string): Json {
  if (lexeme.startsWith('"')) return unquote(lexeme)
  if (lexeme === 'null') return null
  if (lexeme === 'true' || lexeme === 'false') return lexeme === 'true'
  return isExact(lexeme) ? Number(lexeme) : lexeme
}

/** False for a number that reading would change: a whole one beyond 2^53, or one beyond the largest. */
export function isExact(lexeme: string): boolean {
  const value = Number(lexeme)
  if (!Number.isFinite(value)) return false
  if (/^-?\d+$/.test(lexeme)) return BigInt(lexeme) === BigInt(value)
  return true
}
