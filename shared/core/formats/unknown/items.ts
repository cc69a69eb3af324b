import { tokensOf } from '../../../schema/pointer.ts'
import { nodeAt, type TextNode } from '../text/parseText.ts'

/** An item of the steps: its place among them, and the value that says most of it. */
export type Item = { readonly key: string; readonly isIndex: boolean; readonly node: TextNode }

/** What stands at a path whose last part is `*`; of an item that is a list of tries the last one. */
export function itemsAt(root: TextNode, path: string): readonly Item[] {
  const tokens = tokensOf(path)
  const holder = nodeAt(root, tokens.at(-1) === '*' ? tokens.slice(0, -1) : tokens)
  return holder === null ? [] : itemsOf(holder)
}

export function itemsOf(holder: TextNode): readonly Item[] {
  if (holder.kind === 'array')
    return holder.items.slice(0, mostItems).map((node, index) => item(String(index), true, node))
  if (holder.kind === 'scalar') return []
  const last = new Map(holder.members.map(({ key, value }) => [key, value]))
  return [...last].slice(0, mostItems).map(([key, node]) => item(key, false, node))
}

/** How many there are, also where only the first are looked at. */
export function countOf(holder: TextNode): number {
  return holder.kind === 'array'
    ? holder.items.length
    : holder.kind === 'object'
      ? holder.members.length
      : 0
}

export const mostItems = 5000

function item(key: string, isIndex: boolean, node: TextNode): Item {
  const last = node.kind === 'array' && !isIndex ? node.items.at(-1) : undefined
  return { key, isIndex, node: last ?? node }
}
