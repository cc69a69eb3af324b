import { groupBy } from './groupBy.ts'
import type { GraphNode } from './Graph.tsx'
import type { PlacedNode } from './graphLayout.ts'
import { boxesPath } from './graphView.ts'
import { statusLook } from './statusLooks.ts'
import styles from './Graph.module.css'

export type GraphBoxesProps = {
  readonly places: readonly PlacedNode[]
  readonly nodes: readonly GraphNode[]
}

/** Nodes too small to be read: plain boxes, one path a look, however many there are. */
export function GraphBoxes({ places, nodes }: GraphBoxesProps) {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const groups = groupBy(places, ({ id }) => lookOf(byId.get(id)))
  return [...groups].map(([look, boxes]) => (
    <path key={look} className={styles.boxes} data-tone={look} d={boxesPath(boxes)} />
  ))
}

function lookOf(node: GraphNode | undefined): string {
  if (node === undefined || node.isDim) return 'dim'
  return node.isBegun ? statusLook(node.status).tone : 'not-begun'
}
