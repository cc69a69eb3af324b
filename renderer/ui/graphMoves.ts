import { nodeHeightPx, type GraphLayout, type PlacedNode } from './graphLayout.ts'

/**
 * The node that an arrow key leads to: down to what needs this one, up to what it needs, sideways to the neighbour in its
 * layer. Of several it is the nearest. Null where there is none.
 */
export function nodeAfterKey(layout: GraphLayout, id: string, key: string): string | null {
  const { nodes, edges } = layout
  if (key === 'Home') return nodes[0]?.id ?? null
  if (key === 'End') return nodes.at(-1)?.id ?? null
  const own = nodes.find((node) => node.id === id)
  if (own === undefined) return key.startsWith('Arrow') ? (nodes[0]?.id ?? null) : null
  switch (key) {
    case 'ArrowDown':
      return nearest(
        own,
        idsIn(
          nodes,
          edges.filter(({ from }) => from === id).map(({ to }) => to),
        ),
      )
    case 'ArrowUp':
      return nearest(
        own,
        idsIn(
          nodes,
          edges.filter(({ to }) => to === id).map(({ from }) => from),
        ),
      )
    case 'ArrowRight':
      return nearest(
        own,
        nodes.filter((node) => isBeside(node, own) && node.x > own.x),
      )
    case 'ArrowLeft':
      return nearest(
        own,
        nodes.filter((node) => isBeside(node, own) && node.x < own.x),
      )
    default:
      return null
  }
}

function idsIn(nodes: readonly PlacedNode[], ids: readonly string[]): readonly PlacedNode[] {
  const wanted = new Set(ids)
  return nodes.filter(({ id }) => wanted.has(id))
}

function isBeside(node: PlacedNode, own: PlacedNode): boolean {
  return Math.abs(node.y - own.y) < nodeHeightPx / 2
}

function nearest(own: PlacedNode, nodes: readonly PlacedNode[]): string | null {
  const distance = (node: PlacedNode) => Math.abs(node.x - own.x) + Math.abs(node.y - own.y)
  const [first] = nodes.toSorted((a, b) => distance(a) - distance(b))
  return first?.id ?? null
}
