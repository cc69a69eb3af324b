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
  const expected = kind === 'integer' ? 'a whole number' : withArticle(kind)
  return `is ${foundIn(node, kind)} (expected ${expected}${isOptional ? ' or null' : ''})`
}

/** Its kind alone: what it says may be a secret, but for a number where one was expected (`1.5`, `NaN`). */
function foundIn(node: TextNode, expected: string): string {
  if (node.kind === 'object') return 'an object'
  if (node.kind === 'array') return 'a list'
  if (isNothing(node)) return 'null'
  if (stringOf(node) !== null) return 'a string'
  if (booleanOf(node) !== null) return 'a boolean'
  const isShown = (expected === 'number' || expected === 'integer') && node.lexeme.length <= 24
  return isShown ? node.lexeme : 'a number'
}

function withArticle(kind: string): string {
  return `${/^[aeiou]/.test(kind) ? 'an' : 'a'} ${kind}`
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
