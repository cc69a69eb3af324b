import { Graph, layout } from '@dagrejs/dagre'
import {
  layerGapPx,
  nodeGapPx,
  nodeHeightPx,
  nodeWidthPx,
  type GraphLayout,
  type GraphShape,
} from './graphLayout.ts'

/** Above this the best ranks take minutes (2,000 steps: 28 to 96 s), and good ones 1.5 to 3.5 s. */
const mostForBestRanks = 300

/** Few crossings and short edges. Takes seconds from 2,000 nodes on, so it belongs into a worker. */
export function layoutByDagre({ nodes, edges }: GraphShape): GraphLayout {
  const graph = new Graph()
  graph.setGraph({
    rankdir: 'TB',
    nodesep: nodeGapPx,
    ranksep: layerGapPx,
    ranker: nodes.length + edges.length > mostForBestRanks ? 'tight-tree' : 'network-simplex',
  })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const id of nodes) graph.setNode(id, { width: nodeWidthPx, height: nodeHeightPx })
  for (const { from, to } of edges) graph.setEdge(from, to)
  layout(graph)

  const { width = 0, height = 0 } = graph.graph()
  return {
    nodes: nodes.map((id) => {
      const { x = 0, y = 0 } = graph.node(id)
      return { id, x: x - nodeWidthPx / 2, y: y - nodeHeightPx / 2 }
    }),
    edges: edges.map(({ from, to }) => ({ from, to, points: graph.edge(from, to).points ?? [] })),
    widthPx: width,
    heightPx: height,
  }
}
