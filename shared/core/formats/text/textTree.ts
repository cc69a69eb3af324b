// The tree of a foreign document as it is written, a page at a time: numbers, key order and keys that stand twice are kept.
import { pointer as pointerTo, tokensOf } from '../../../schema/pointer.ts'
import { unquote } from '../../codec/pointer.ts'
import { nodeAt, parseText, type ParsedText, type TextArray, type TextNode } from './parseText.ts'

export type TextTreeNode = {
  readonly pointer: string
  readonly key: string
  readonly type: 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null'
  readonly size: number
  readonly preview: string
  readonly truncated: boolean
}

/**
 * The document as one value, in the JSON that any of the engines writes. One with a value a line, such as a log of events, is
 * an array of them.
 */
export function parseDocument(text: string): ParsedText {
  const whole = parseText(text, 'python')
  if (whole.kind === 'ok') return whole
  const root = parseLines(text)
  return root === null ? whole : { kind: 'ok', root }
}

/** Null unless every line that is not empty is a value of its own, and there are two at least. */
function parseLines(text: string): TextArray | null {
  const items: TextNode[] = []
  let start = 0
  for (const line of text.split('\n')) {
    if (line.trim() !== '') {
      const parsed = parseText(line, 'python')
      if (parsed.kind === 'broken') return null
      items.push(moved(parsed.root, start))
    }
    start += line.length + 1
  }
  return items.length < 2 ? null : { kind: 'array', start: 0, end: text.length, items }
}

function moved(node: TextNode, by: number): TextNode {
  const place = { start: node.start + by, end: node.end + by }
  if (node.kind === 'scalar') return { ...node, ...place }
  if (node.kind === 'array')
    return { ...node, ...place, items: node.items.map((item) => moved(item, by)) }
  const members = node.members.map((one) => ({
    ...one,
    keyStart: one.keyStart + by,
    value: moved(one.value, by),
  }))
  return { ...node, ...place, members }
}

/** The value at an RFC 6901 pointer; null where there is none. */
export function resolveText(root: TextNode, pointer: string): TextNode | null {
  if (pointer !== '' && !pointer.startsWith('/')) return null
  return nodeAt(root, tokensOf(pointer))
}

/** [F195] */
export function describeText(node: TextNode, pointer: string): TextTreeNode {
  const { preview, truncated } = previewOf(node)
  return {
    pointer,
    key: tokensOf(pointer).at(-1) ?? '',
    type: typeOf(node),
    size: sizeOf(node),
    preview,
    truncated,
  }
}

/** Where a child stands among its siblings, in document order; -1: there is none of that key. */
export function placeOfText(node: TextNode, key: string): number {
  if (node.kind === 'object') return node.members.findLastIndex((one) => one.key === key)
  if (node.kind === 'scalar' || !/^(?:0|[1-9]\d*)$/.test(key)) return -1
  return Number(key) < node.items.length ? Number(key) : -1
}

/** One page of a value's children, in document order. */
export function childrenOfText(
  node: TextNode,
  pointer: string,
  page: { readonly offset: number; readonly limit: number },
): readonly TextTreeNode[] {
  const end = page.offset + page.limit
  if (node.kind === 'array')
    return node.items
      .slice(page.offset, end)
      .map((item, index) => describeText(item, `${pointer}/${page.offset + index}`))
  if (node.kind === 'scalar') return []
  return node.members
    .slice(page.offset, end)
    .map(({ key, value }) => describeText(value, `${pointer}${pointerTo(key)}`))
}

const previewCharacters = 200

function previewOf(node: TextNode): { readonly preview: string; readonly truncated: boolean } {
  const text = shownOf(node)
  const truncated = text.length > previewCharacters
  return { preview: truncated ? text.slice(0, previewCharacters) : text, truncated }
}

/** A string is quoted as the other trees quote it, a number stands as it is written. */
function shownOf(node: TextNode): string {
  const size = sizeOf(node)
  if (node.kind === 'array') return size === 0 ? '[]' : `[${size}]`
  if (node.kind === 'object') return size === 0 ? '{}' : `{${size}}`
  return isString(node) ? JSON.stringify(unquote(node.lexeme)) : node.lexeme
}

function sizeOf(node: TextNode): number {
  if (node.kind === 'array') return node.items.length
  if (node.kind === 'object') return node.members.length
  return isString(node) ? unquote(node.lexeme).length : 0
}

function typeOf(node: TextNode): TextTreeNode['type'] {
  if (node.kind !== 'scalar') return node.kind
  if (isString(node)) return 'string'
  if (node.lexeme === 'null') return 'null'
  return node.lexeme === 'true' || node.lexeme === 'false' ? 'boolean' : 'number'
}

function isString({ lexeme }: { readonly lexeme: string }): boolean {
  return lexeme.startsWith('"')
}
