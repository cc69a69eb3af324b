// What a drawing of a graph is made of: what it connects, and where each of it stands.

export type GraphEdge = { readonly from: string; readonly to: string }

export type GraphShape = {
  readonly nodes: readonly string[]
  /** Between nodes of the graph. */
  readonly edges: readonly GraphEdge[]
}

/** The same nodes and edges in the same order: what is drawn of one is true of the other. */
export function isSameShape(a: GraphShape, b: GraphShape): boolean {
  return (
    a === b ||
    (a.nodes.length === b.nodes.length &&
      a.edges.length === b.edges.length &&
      a.nodes.every((id, index) => id === b.nodes[index]) &&
      a.edges.every(({ from, to }, index) => {
        const other = b.edges[index]
        return from === other?.from && to === other.to
      }))
  )
}

export type Point = { readonly x: number; readonly y: number }

/** Its upper left corner; all nodes are of one size. */
export type PlacedNode = Point & { readonly id: string }

/** From below what is needed to above what needs it. */
export type PlacedEdge = GraphEdge & { readonly points: readonly Point[] }

export type GraphLayout = {
  readonly nodes: readonly PlacedNode[]
  readonly edges: readonly PlacedEdge[]
  readonly widthPx: number
  readonly heightPx: number
}

export const nodeWidthPx = 196
export const nodeHeightPx = 50
export const nodeGapPx = 20
export const layerGapPx = 44
