import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  isSameShape,
  nodeHeightPx,
  nodeWidthPx,
  type GraphLayout,
} from '../../../../renderer/ui/graphLayout.ts'
import { layoutByDagre } from '../../../../renderer/ui/layoutByDagre.ts'
import { isOfChains, layoutByLayers } from '../../../../renderer/ui/layoutByLayers.ts'

const diamond = {
  nodes: ['a', 'b', 'c', 'd'],
  edges: [
    { from: 'a', to: 'b' },
    { from: 'a', to: 'c' },
    { from: 'b', to: 'd' },
    { from: 'c', to: 'd' },
  ],
}

test.each([layoutByLayers, layoutByDagre])('[L33] %o: what is needed stands above', (layout) => {
  const drawn = layout(diamond)
  const top = (id: string) => drawn.nodes.find((node) => node.id === id)?.y ?? NaN
  expect(top('b')).toBe(top('c'))
  expect([top('a') < top('b'), top('b') < top('d')]).toEqual([true, true])
  expect(overlaps(drawn)).toEqual([])
})

test('[L33] every node has a place of its own, whatever needs what', () => {
  const shapes = fc.integer({ min: 1, max: 30 }).chain((count) => {
    const id = fc.integer({ min: 0, max: count - 1 }).map(String)
    return fc.record({
      nodes: fc.constant(Array.from({ length: count }, (_, index) => String(index))),
      edges: fc.array(fc.record({ from: id, to: id }), { maxLength: 60 }),
    })
  })
  fc.assert(
    fc.property(shapes, (shape) => {
      const drawn = layoutByLayers(shape)
      expect(drawn.nodes.map(({ id }) => id)).toEqual(shape.nodes)
      expect(overlaps(drawn)).toEqual([])
      expect(drawn.nodes.every(({ x, y }) => x >= -1e-6 && y >= 0)).toBe(true)
    }),
    { seed: 7, numRuns: 200 },
  )
})

test('[L33] of 2,000 nodes too each stands below all that it needs', () => {
  const nodes = Array.from({ length: 2000 }, (_, index) => String(index))
  const edges = nodes.slice(1).flatMap((to, index) => [
    { from: String(index), to },
    { from: String(Math.floor(index / 2)), to },
  ])
  const drawn = layoutByLayers({ nodes, edges })
  const tops = new Map(drawn.nodes.map(({ id, y }) => [id, y]))
  const wrong = edges.filter(({ from, to }) => (tops.get(from) ?? 0) >= (tops.get(to) ?? 0))
  expect(wrong).toEqual([])
})

test('[L33] chains need no better layout', () => {
  expect(isOfChains(diamond)).toBe(false)
  expect(isOfChains({ nodes: ['a', 'b', 'c'], edges: [{ from: 'a', to: 'b' }] })).toBe(true)
})

test('[L33] what changed without another node or need keeps its drawing', () => {
  expect(isSameShape(diamond, structuredClone(diamond))).toBe(true)
  expect(isSameShape(diamond, { ...diamond, edges: diamond.edges.slice(1) })).toBe(false)
  expect(isSameShape(diamond, { ...diamond, nodes: ['a', 'b', 'c', 'e'] })).toBe(false)
})

function overlaps({ nodes }: GraphLayout): readonly string[] {
  return nodes.flatMap((a, index) =>
    nodes
      .slice(index + 1)
      .filter(
        (b) =>
          Math.abs(a.x - b.x) < nodeWidthPx - 1e-6 && Math.abs(a.y - b.y) < nodeHeightPx - 1e-6,
      )
      .map((b) => `${a.id} and ${b.id}`),
  )
}
