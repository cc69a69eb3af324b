// Which part of a drawing is seen, and how large.
import {
  nodeHeightPx,
  nodeWidthPx,
  type GraphLayout,
  type PlacedEdge,
  type PlacedNode,
  type Point,
} from './graphLayout.ts'

export type Rect = Point & { readonly widthPx: number; readonly heightPx: number }
export type Size = { readonly widthPx: number; readonly heightPx: number }

export const leastZoom = 0.02
export const mostZoom = 2
/** Below this nothing could be read: nodes are drawn as plain boxes. */
export const farZoom = 0.35
/** Left free around the drawing, so that nothing sticks to the border. */
export const marginPx = 32

/** The zoom at which all of it is seen; never larger than life. */
export function fitZoom({ widthPx, heightPx }: Size, viewport: Size): number {
  const across = (viewport.widthPx - 2 * marginPx) / Math.max(1, widthPx)
  const down = (viewport.heightPx - 2 * marginPx) / Math.max(1, heightPx)
  return clampZoom(Math.min(1, across, down))
}

export function clampZoom(zoom: number): number {
  return Math.min(mostZoom, Math.max(leastZoom, zoom))
}

/** Where the drawing begins on its canvas: in the middle where there is more room than it takes. */
export function originOf(layout: Size, zoom: number, viewport: Size): Point {
  return {
    x: Math.max(marginPx, (viewport.widthPx - layout.widthPx * zoom) / 2),
    y: Math.max(marginPx, (viewport.heightPx - layout.heightPx * zoom) / 2),
  }
}

export type Seen = { readonly nodes: readonly PlacedNode[]; readonly edges: readonly PlacedEdge[] }

/** What of a drawing lies in a part of it, and the edges that pass through. */
export function seenIn({ nodes, edges }: GraphLayout, part: Rect): Seen {
  const right = part.x + part.widthPx
  const bottom = part.y + part.heightPx
  return {
    nodes: nodes.filter(
      ({ x, y }) =>
        x < right && x + nodeWidthPx > part.x && y < bottom && y + nodeHeightPx > part.y,
    ),
    edges: edges.filter(
      ({ points }) =>
        points.some(({ x }) => x < right) &&
        points.some(({ x }) => x > part.x) &&
        points.some(({ y }) => y < bottom) &&
        points.some(({ y }) => y > part.y),
    ),
  }
}

/** The node at a place of the drawing. */
export function nodeAt({ nodes }: GraphLayout, { x, y }: Point): string | null {
  const found = nodes.find(
    (node) => x >= node.x && x <= node.x + nodeWidthPx && y >= node.y && y <= node.y + nodeHeightPx,
  )
  return found?.id ?? null
}

/** An edge as the path of an SVG, rounded where it bends. */
export function edgePath(points: readonly Point[]): string {
  const [first, ...rest] = points
  const last = rest.pop()
  if (first === undefined || last === undefined) return ''
  if (rest.length === 0) {
    const middle = (first.y + last.y) / 2
    return `M${at(first)}C${at({ x: first.x, y: middle })} ${at({ x: last.x, y: middle })} ${at(last)}`
  }
  const bends = rest.map((point, index) => {
    const next = rest[index + 1] ?? last
    const end = index === rest.length - 1 ? last : between(point, next)
    return `Q${at(point)} ${at(end)}`
  })
  return `M${at(first)}${bends.join('')}`
}

/** Many boxes as one path. */
export function boxesPath(nodes: readonly Point[]): string {
  return nodes
    .map((node) => `M${at(node)}h${nodeWidthPx}v${nodeHeightPx}h-${nodeWidthPx}z`)
    .join('')
}

function between(a: Point, b: Point): Point {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }
}

function at({ x, y }: Point): string {
  return `${Math.round(x * 10) / 10},${Math.round(y * 10) / 10}`
}
