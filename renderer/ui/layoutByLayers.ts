import { groupBy } from './groupBy.ts'
import {
  layerGapPx,
  nodeGapPx,
  nodeHeightPx,
  nodeWidthPx,
  type GraphEdge,
  type GraphLayout,
  type GraphShape,
} from './graphLayout.ts'

/**
 * Every node one layer below the lowest that it needs, near the middle of those: a few milliseconds for thousands of nodes,
 * at the price of more crossings. Whatever the needs are, cycles too, each node gets a place.
 */
export function layoutByLayers(shape: GraphShape): GraphLayout {
  const { before, after } = neighboursOf(shape)
  const layers = layersOf(shape.nodes, before, after)
  const lefts = placeLayers(layers, before)
  const least = Math.min(...lefts.values(), Infinity)
  const tops = new Map(layers.flatMap((layer, at) => layer.map((id) => [id, at * stepY] as const)))
  const place = (id: string) => ({ x: (lefts.get(id) ?? 0) - least, y: tops.get(id) ?? 0 })
  const nodes = shape.nodes.map((id) => ({ id, ...place(id) }))
  const rights = nodes.map(({ x }) => x + nodeWidthPx)
  return {
    nodes,
    edges: shape.edges.map((edge) => ({ ...edge, points: straight(edge, place) })),
    widthPx: rights.reduce((most, right) => Math.max(most, right), 0),
    heightPx: Math.max(0, layers.length * stepY - layerGapPx),
  }
}

/** No node needs, or is needed by, more than one: no other layout is better than one by layers. */
export function isOfChains({ edges }: GraphShape): boolean {
  const ends = [edges.map(({ from }) => from), edges.map(({ to }) => to)]
  return ends.every((ids) => new Set(ids).size === ids.length)
}

const stepX = nodeWidthPx + nodeGapPx
const stepY = nodeHeightPx + layerGapPx

type Neighbours = ReadonlyMap<string, readonly string[]>

function neighboursOf({ edges }: GraphShape): {
  readonly before: Neighbours
  readonly after: Neighbours
} {
  const before = new Map<string, readonly string[]>()
  const after = new Map<string, readonly string[]>()
  for (const [id, own] of groupBy(edges, ({ to }) => to))
    before.set(
      id,
      own.map(({ from }) => from),
    )
  for (const [id, own] of groupBy(edges, ({ from }) => from))
    after.set(
      id,
      own.map(({ to }) => to),
    )
  return { before, after }
}

/** Where only cycles are left, the first node of them goes on without what it needs. */
function layersOf(
  nodes: readonly string[],
  before: Neighbours,
  after: Neighbours,
): readonly (readonly string[])[] {
  const open = new Map(nodes.map((id) => [id, before.get(id)?.length ?? 0]))
  const layers: string[][] = []
  let layer = nodes.filter((id) => open.get(id) === 0)
  while (open.size > 0) {
    const [stuck] = open.keys()
    if (layer.length === 0 && stuck !== undefined) layer = [stuck]
    layers.push(layer)
    for (const id of layer) open.delete(id)
    layer = layer.flatMap((id) => (after.get(id) ?? []).filter((next) => release(open, next)))
  }
  return layers
}

function release(open: Map<string, number>, id: string): boolean {
  const left = open.get(id)
  if (left === undefined) return false
  open.set(id, left - 1)
  return left === 1
}

/** Layer by layer, each node as near as there is room to the middle of what it needs. */
function placeLayers(
  layers: readonly (readonly string[])[],
  before: Neighbours,
): ReadonlyMap<string, number> {
  const lefts = new Map<string, number>()
  for (const layer of layers) {
    const wished = layer
      .map((id, index) => ({ id, x: middleOf(before.get(id) ?? [], lefts) ?? index * stepX }))
      .toSorted((a, b) => a.x - b.x)
    let right = -Infinity
    const placed = wished.map(({ id, x }) => {
      right = Math.max(x, right + stepX)
      return { id, x: right }
    })
    const shift = mean(wished.map(({ x }) => x)) - mean(placed.map(({ x }) => x))
    for (const { id, x } of placed) lefts.set(id, x + shift)
  }
  return lefts
}

function middleOf(ids: readonly string[], lefts: ReadonlyMap<string, number>): number | null {
  const known = ids.flatMap((id) => lefts.get(id) ?? [])
  return known.length === 0 ? null : mean(known)
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
}

function straight(
  { from, to }: GraphEdge,
  place: (id: string) => { readonly x: number; readonly y: number },
) {
  const [start, end] = [place(from), place(to)]
  return [
    { x: start.x + nodeWidthPx / 2, y: start.y + nodeHeightPx },
    { x: end.x + nodeWidthPx / 2, y: end.y },
  ]
}
