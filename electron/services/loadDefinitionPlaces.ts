import { isMap, isScalar, isSeq, type Document, type Node } from 'yaml'

export type Path = readonly (string | number)[]

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
