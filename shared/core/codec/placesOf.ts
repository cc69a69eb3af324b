import { utf8Length, type Place } from './locate.ts'
import { unquote } from './pointer.ts'
import { scanJson } from './scanJson.ts'

type Node = { readonly children: Map<string, Node>; index: number }

/**
 * Where the values of many paths begin in a text, in one pass over it; for a path that leads nowhere, the closest value that
 * holds it. In the order of the paths.
 */
export function placesOf(text: string, paths: readonly (readonly string[])[]): readonly Place[] {
  const root = createNode()
  for (const path of paths) add(root, path)
  findIn(text, root)
  return locateAll(
    text,
    paths.map((path) => closest(root, path)),
  )
}

/** The same as `locate`, for many indices in one pass. */
export function locateAll(text: string, indices: readonly number[]): readonly Place[] {
  const places = new Map<number, Place>()
  let [from, offset, line, lineStart] = [0, 0, 1, 0]
  let newline = text.indexOf('\n')
  for (const index of [...new Set(indices)].toSorted((a, b) => a - b)) {
    const end = Math.min(Math.max(index, 0), text.length)
    for (; newline !== -1 && newline < end; newline = text.indexOf('\n', newline + 1)) {
      line += 1
      lineStart = newline + 1
    }
    offset += utf8Length(text, end, from)
    from = end
    places.set(index, { offset, line, column: end - lineStart + 1 })
  }
  return indices.map((index) => places.get(index) ?? { offset: 0, line: 1, column: 1 })
}

function createNode(): Node {
  return { children: new Map(), index: -1 }
}

function add(root: Node, path: readonly string[]): void {
  let node = root
  for (const part of path) {
    const next = node.children.get(part) ?? createNode()
    node.children.set(part, next)
    node = next
  }
}

/** Gives each node of the tree its index. Of a key that stands twice the last one counts, as for every reader. */
function findIn(text: string, root: Node): void {
  const open: { readonly node: Node | null; item: number; next: Node | null }[] = []
  const arrive = (start: number): Node | null => {
    const level = open.at(-1)
    if (level === undefined) {
      root.index = start
      return root
    }
    if (level.item >= 0) {
      level.next = level.node?.children.get(String(level.item)) ?? null
      level.item += 1
    }
    if (level.next !== null) level.next.index = start
    return level.next
  }
  scanJson(text, {
    open: (kind, start) => {
      open.push({ node: arrive(start), item: kind === 'array' ? 0 : -1, next: null })
    },
    close: () => open.pop(),
    key: (start, end) => {
      const level = open.at(-1)
      if (level === undefined) return
      const isWanted = level.node !== null && level.node.children.size > 0
      level.next = isWanted
        ? (level.node?.children.get(unquote(text.slice(start, end))) ?? null)
        : null
    },
    scalar: (start) => arrive(start),
  })
}

function closest(root: Node, path: readonly string[]): number {
  let [node, index]: [Node | undefined, number] = [root, Math.max(root.index, 0)]
  for (const part of path) {
    node = node.children.get(part)
    if (node === undefined || node.index === -1) break
    index = node.index
  }
  return index
}
