import { isMap, isScalar, isSeq, type Document, type Node } from 'yaml'

export type Path = readonly (string | number)[]

/** What is wrong with a value, or with its key. */
export type PathProblem = {
  readonly path: Path
  readonly message: string
  readonly suggestion: string | null
  readonly isAboutKey: boolean
  /** Where in the value, when it is a text. */
  readonly offset?: number
}

/** Where a path's key or value begins in the text; where it does not exist, the nearest thing around it. */
export function findEntry(document: Document.Parsed, path: Path, part: 'key' | 'value'): number {
  let node: unknown = document.contents
  let offset = startOf(node) ?? 0
  for (const [index, name] of path.entries()) {
    const entry = entryOf(node, name)
    if (entry === null) return offset
    const isLast = index === path.length - 1
    offset =
      (isLast && part === 'key' ? startOf(entry.key) : startOf(entry.value)) ??
      startOf(entry.key) ??
      offset
    // What an alias repeats is shown where the alias stands.
    node = entry.value
  }
  return offset
}

/** Where a character of a text value stands; its beginning where the text is written in another way than it reads. */
export function findInText(
  document: Document.Parsed,
  source: string,
  { path, offset }: { readonly path: Path; readonly offset: number },
): number {
  const start = findEntry(document, path, 'value')
  const node = document.getIn(path, true)
  if (!isScalar(node) || typeof node.value !== 'string') return start
  for (const lead of [0, 1])
    if (source.startsWith(node.value, start + lead)) return start + lead + offset
  return node.type === 'BLOCK_LITERAL' ? inBlock(source, start, node.value.slice(0, offset)) : start
}

/** The place behind as many lines and characters of a block as stand before it. */
function inBlock(source: string, start: number, before: string): number {
  const lines = before.split('\n')
  let at = start
  for (let line = 0; line < lines.length; line += 1) at = source.indexOf('\n', at) + 1 || start
  const indent = /^[ ]*/.exec(source.slice(at))?.[0].length ?? 0
  return at + indent + (lines.at(-1) ?? '').length
}

function entryOf(node: unknown, name: string | number): { key: unknown; value: unknown } | null {
  if (isSeq(node) && typeof name === 'number') {
    const item = node.items[name]
    return item === undefined ? null : { key: item, value: item }
  }
  if (!isMap(node)) return null
  const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(name))
  return pair === undefined ? null : { key: pair.key, value: pair.value }
}

function startOf(node: unknown): number | null {
  const range =
    typeof node === 'object' && node !== null && 'range' in node ? (node as Node).range : null // every node of a parsed document has one
  return range?.[0] ?? null
}
