import { pointer } from '../../../schema/pointer.ts'
import type { TextNode } from '../text/parseText.ts'

/** Paths of keys that stand twice in the same object: readers take the last, and nobody sees the first. */
export function repeatedKeys(root: TextNode): readonly (readonly string[])[] {
  const found: (readonly string[])[] = []
  const open: { readonly node: TextNode; readonly path: readonly string[] }[] = [
    { node: root, path: [] },
  ]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, path } = next
    if (node.kind === 'scalar') continue
    const children =
      node.kind === 'array'
        ? node.items.map((value, index) => ({ key: String(index), value }))
        : node.members
    const seen = new Set<string>()
    for (const { key, value } of children) {
      if (seen.has(key)) found.push([...path, key])
      seen.add(key)
      open.push({ node: value, path: [...path, key] })
    }
  }
  return found.toSorted((a, b) => (pointer(...a) < pointer(...b) ? -1 : 1))
}
