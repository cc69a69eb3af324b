import type { TextNode, TextObject } from '../text/parseText.ts'
import type { Breach } from './findings.ts'

/** [F62] */
export function repeatedKeys(root: TextObject): readonly Breach[] {
  const found: Breach[] = []
  const open: { readonly node: TextNode; readonly path: readonly string[] }[] = [
    { node: root, path: [] },
  ]
  for (let next = open.pop(); next !== undefined && found.length < 50; next = open.pop()) {
    const { node, path } = next
    if (node.kind === 'scalar') continue
    const children =
      node.kind === 'array'
        ? node.items.map((value, index) => ({ key: String(index), value }))
        : node.members
    const seen = new Set<string>()
    for (const { key, value } of children) {
      const at = [...path, key]
      if (seen.has(key)) found.push(repeatedBreach(key, at))
      seen.add(key)
      open.push({ node: value, path: at })
    }
  }
  return found
}

function repeatedBreach(key: string, path: readonly string[]): Breach {
  return {
    rule: 'F62',
    severity: 'warning',
    sentence: `"${key}" stands twice in the same object: its reader takes the last, and nobody sees the first.`,
    path,
    remedy: 'Edit it so that it stands once.',
  }
}
