import { compare } from '../../../schema/compare.ts'
import { pointer } from '../../../schema/pointer.ts'
import type { TextNode } from '../text/parseText.ts'

/** Where a value stands: its key, and that of what holds it. Only what is found gets a path. */
type Place = { readonly key: string; readonly holder: Place | null }
type Open = { readonly node: TextNode; readonly place: Place | null }

/** Paths of keys that stand twice in the same object: readers take the last, and nobody sees the first. */
export function repeatedKeys(root: TextNode): readonly (readonly string[])[] {
  const found: (readonly string[])[] = []
  const open: Open[] = [{ node: root, place: null }]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, place } = next
    if (node.kind === 'array') {
      for (const [index, value] of node.items.entries()) {
        if (value.kind !== 'scalar') open.push({ node: value, place: below(place, String(index)) })
      }
    }
    if (node.kind !== 'object') continue
    const seen = new Set<string>()
    for (const { key, value } of node.members) {
      if (seen.has(key)) found.push(pathOf(below(place, key)))
      seen.add(key)
      if (value.kind !== 'scalar') open.push({ node: value, place: below(place, key) })
    }
  }
  return found.toSorted((a, b) => compare(pointer(...a), pointer(...b)))
}

function below(holder: Place | null, key: string): Place {
  return { key, holder }
}

function pathOf(place: Place): readonly string[] {
  const path: string[] = []
  for (let at: Place | null = place; at !== null; at = at.holder) path.unshift(at.key)
  return path
}
