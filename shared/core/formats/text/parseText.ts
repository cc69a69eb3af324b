// Text of JSON as a tree that keeps every lexeme: numbers, escapes, key order and spacing of a foreign document are evidence.
import { unquote } from '../../codec/pointer.ts'
import { scanJson, type JsonDialect, type JsonFlaw } from '../../codec/scanJson.ts'

/** A value and where it stands in the text, in UTF-16 units. */
export type TextNode = TextObject | TextArray | TextScalar
export type TextObject = {
  readonly kind: 'object'
  readonly start: number
  readonly end: number
  /** In the order of the text; a key that stands twice is here twice. */
  readonly members: readonly TextMember[]
}
export type TextMember = {
  readonly key: string
  readonly keyStart: number
  readonly value: TextNode
}
export type TextArray = {
  readonly kind: 'array'
  readonly start: number
  readonly end: number
  readonly items: readonly TextNode[]
}
/** `lexeme` is the value as it is written, quotes and escapes included. */
export type TextScalar = {
  readonly kind: 'scalar'
  readonly start: number
  readonly end: number
  readonly lexeme: string
}

export type ParsedText =
  | { readonly kind: 'ok'; readonly root: TextNode }
  | { readonly kind: 'broken'; readonly flaw: JsonFlaw }

type Open = {
  readonly kind: 'object' | 'array'
  readonly start: number
  readonly members: TextMember[]
  readonly items: TextNode[]
  key: string
  keyStart: number
}

/** Never throws. The dialect `python` takes `NaN`, `Infinity` and `-Infinity` for numbers, as Python's `json` writes them. */
export function parseText(text: string, dialect: JsonDialect = 'rfc8259'): ParsedText {
  const open: Open[] = []
  let root: TextNode | null = null
  const add = (node: TextNode) => {
    const holder = open.at(-1)
    if (holder === undefined) root = node
    else if (holder.kind === 'array') holder.items.push(node)
    else holder.members.push({ key: holder.key, keyStart: holder.keyStart, value: node })
  }
  const visitor = {
    open: (kind: 'object' | 'array', start: number) => {
      open.push({ kind, start, members: [], items: [], key: '', keyStart: start })
    },
    close: (end: number) => {
      const closed = open.pop()
      if (closed === undefined) return
      const { kind, start, members, items } = closed
      add(kind === 'object' ? { kind, start, end, members } : { kind, start, end, items })
    },
    key: (start: number, end: number) => {
      const holder = open.at(-1)
      if (holder === undefined) return
      holder.key = unquote(text.slice(start, end))
      holder.keyStart = start
    },
    scalar: (start: number, end: number) => {
      add({ kind: 'scalar', start, end, lexeme: text.slice(start, end) })
    },
  }
  const flaw = scanJson(text, visitor, dialect)
  if (flaw !== null) return { kind: 'broken', flaw }
  return root === null
    ? { kind: 'broken', flaw: { index: 0, sentence: 'The text holds no value.' } }
    : { kind: 'ok', root }
}

/** The value of a key; of a key that stands twice the last one, as JSON readers take it. */
export function member(node: TextNode | null, key: string): TextNode | null {
  if (node?.kind !== 'object') return null
  return node.members.findLast((one) => one.key === key)?.value ?? null
}

/** The value at a path of keys and indices. */
export function nodeAt(root: TextNode | null, path: readonly string[]): TextNode | null {
  return path.reduce<TextNode | null>((node, part) => {
    if (node?.kind !== 'array') return member(node, part)
    return /^(?:0|[1-9]\d*)$/.test(part) ? (node.items[Number(part)] ?? null) : null
  }, root)
}

/** The text of a string; null for any other value. */
export function stringOf(node: TextNode | null): string | null {
  return node?.kind === 'scalar' && node.lexeme.startsWith('"') ? unquote(node.lexeme) : null
}

/** The number, as JavaScript holds it: for counting and for times, never for writing. Null for any other value. */
export function numberOf(node: TextNode | null): number | null {
  if (node?.kind !== 'scalar' || !/^-?\d/.test(node.lexeme)) return null
  return Number(node.lexeme)
}

export function booleanOf(node: TextNode | null): boolean | null {
  if (node?.kind !== 'scalar') return null
  return node.lexeme === 'true' ? true : node.lexeme === 'false' ? false : null
}

/** True for `null` and for what is not there. */
export function isNothing(node: TextNode | null): boolean {
  return node === null || (node.kind === 'scalar' && node.lexeme === 'null')
}

/** Texts of an array of strings; what is no string is left out. */
export function stringsOf(node: TextNode | null): readonly string[] {
  if (node?.kind !== 'array') return []
  return node.items.flatMap((item) => stringOf(item) ?? [])
}

/** The items of an array; none of anything else. */
export function itemsIn(node: TextNode | null): readonly TextNode[] {
  return node?.kind === 'array' ? node.items : []
}

/** Members of an object whose keys are ids; of a key that stands twice the last one. */
export function membersOf(node: TextNode | null): ReadonlyMap<string, TextNode> {
  return new Map(node?.kind === 'object' ? node.members.map(({ key, value }) => [key, value]) : [])
}
