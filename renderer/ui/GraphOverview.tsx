import { memo, type PointerEvent } from 'react'
import type { GraphNode } from './Graph.tsx'
import { GraphBoxes } from './GraphBoxes.tsx'
import type { GraphLayout, Point } from './graphLayout.ts'
import type { Rect } from './graphView.ts'
import styles from './Graph.module.css'

export type GraphOverviewProps = {
  readonly layout: GraphLayout
  readonly nodes: readonly GraphNode[]
  readonly seen: Rect
  readonly onCentre: (place: Point) => void
}

/** All of the drawing with the part that is seen. For the mouse: arrow keys and Fit are the way by keyboard. */
export function GraphOverview({ layout, nodes, seen, onCentre }: GraphOverviewProps) {
  const go = (event: PointerEvent<SVGSVGElement>) => {
    if (event.buttons !== 1) return
    const matrix = event.currentTarget.getScreenCTM()
    if (matrix === null) return
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse())
    onCentre({ x, y })
  }
  return (
    <svg
      className={styles.overview}
      aria-hidden="true"
      viewBox={`0 0 ${layout.widthPx} ${layout.heightPx}`}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        go(event)
      }}
      onPointerMove={go}
    >
      <AllBoxes layout={layout} nodes={nodes} />
      <rect
        className={styles.seen}
        x={seen.x}
        y={seen.y}
        width={seen.widthPx}
        height={seen.heightPx}
      />
    </svg>
  )
}

const AllBoxes = memo(function AllBoxes({
  layout,
  nodes,
}: Pick<GraphOverviewProps, 'layout' | 'nodes'>) {
  return <GraphBoxes places={layout.nodes} nodes={nodes} />
})
