import { isNothing, numberOf, booleanOf, stringOf, type TextNode } from '../text/parseText.ts'

/** What a value may be: words of JSON, `?` behind one that may be null, `any`. */
export type ShapeWord =
  | 'any'
  | `${'string' | 'number' | 'integer' | 'boolean' | 'list' | 'object'}${'' | '?'}`

/** Why a value is not of a shape, as the end of a sentence; null when it is. */
export function shapeProblem(node: TextNode, word: ShapeWord): string | null {
  if (word === 'any') return null
  const isOptional = word.endsWith('?')
  if (isOptional && isNothing(node)) return null
  const kind = word.replace('?', '')
  if (isOf(node, kind)) return null
  const expected = kind === 'integer' ? 'whole number' : kind
  const article = /^[aeiou]/.test(expected) ? 'an' : 'a'
  return `is no ${expected}${isOptional ? ' and not null' : ''} (expected ${article} ${expected})`
}

function isOf(node: TextNode, kind: string): boolean {
  switch (kind) {
    case 'string':
      return stringOf(node) !== null
    case 'number':
      return numberOf(node) !== null
    case 'integer':
      return node.kind === 'scalar' && /^-?\d+$/.test(node.lexeme)
    case 'boolean':
      return booleanOf(node) !== null
    case 'list':
      return node.kind === 'array'
    default:
      return node.kind === 'object'
  }
}
