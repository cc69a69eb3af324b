import { stringOf, numberOf, nodeAt, type TextNode } from '../text/parseText.ts'
import { openText } from '../view/openText.ts'
import { tokensOf } from '../../../schema/pointer.ts'

/** A document is one value, or a value a line. `lines` are counted from 1; empty lines count and hold nothing. */
export type Records =
  | { readonly kind: 'one'; readonly root: TextNode }
  | { readonly kind: 'lines'; readonly lines: readonly Line[] }
  | { readonly kind: 'broken' }

export type Line = { readonly number: number; readonly text: string; readonly root: TextNode }

export function recordsOf(text: string): Records {
  const whole = openText(text)
  if (whole.kind === 'ok') return { kind: 'one', root: whole.root }
  const lines = text.split('\n').flatMap((line, index): readonly (Line | null)[] => {
    if (line.trim() === '') return []
    // Deep lines are broken, as deep documents are.
    const parsed = openText(line)
    return [parsed.kind === 'ok' ? { number: index + 1, text: line, root: parsed.root } : null]
  })
  const read = lines.filter((line) => line !== null)
  return read.length < 2 || read.length < lines.length
    ? { kind: 'broken' }
    : { kind: 'lines', lines: read }
}

/** The text or number at a pointer; null for anything else. */
export function wordAt(root: TextNode, path: string | null): string | null {
  if (path === null) return null
  const node = nodeAt(root, tokensOf(path))
  const number = numberOf(node)
  return stringOf(node) ?? (number !== null && node?.kind === 'scalar' ? node.lexeme : null)
}

/** The keys of the first level. */
export function keysOf(root: TextNode): readonly string[] {
  const object = root.kind === 'array' ? (root.items[0] ?? root) : root
  return object.kind === 'object' ? [...new Set(object.members.map(({ key }) => key))] : []
}
