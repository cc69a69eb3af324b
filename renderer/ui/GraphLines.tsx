import { groupBy } from './groupBy.ts'
import type { GraphNode } from './Graph.tsx'
import type { PlacedEdge } from './graphLayout.ts'
import { edgePath } from './graphView.ts'
import styles from './Graph.module.css'

export type GraphLinesProps = {
  readonly edges: readonly PlacedEdge[]
  readonly nodes: readonly GraphNode[]
  readonly selected: string | null
}

const looks = ['plain', 'path', 'near'] as const
type Look = (typeof looks)[number]

/** The lines of the part that is seen: one path a look, the important ones on top. */
export function GraphLines({ edges, nodes, selected }: GraphLinesProps) {
  const onPath = new Set(nodes.filter(({ isOnPath }) => isOnPath).map(({ id }) => id))
  const lookOf = ({ from, to }: PlacedEdge): Look => {
    if (from === selected || to === selected) return 'near'
    return onPath.has(from) && onPath.has(to) ? 'path' : 'plain'
  }
  const groups = groupBy(edges, lookOf)
  return (
    <>
      {looks.map((look) => (
        <g key={look} data-look={look}>
          <path
            className={styles.edge}
            d={(groups.get(look) ?? []).map(({ points }) => edgePath(points)).join('')}
          />
          <path className={styles.head} d={(groups.get(look) ?? []).map(headPath).join('')} />
        </g>
      ))}
    </>
  )
}

/** It arrives from above. */
function headPath({ points }: PlacedEdge): string {
  const end = points.at(-1)
  return end === undefined ? '' : `M${end.x - 4},${end.y - 7}h8l-4,7z`
}
