import { expect, test } from 'vitest'
import { nodeAfterKey } from '../../../../renderer/ui/graphMoves.ts'
import { fitZoom, nodeAt, seenIn } from '../../../../renderer/ui/graphView.ts'
import { layoutByLayers } from '../../../../renderer/ui/layoutByLayers.ts'

const layout = layoutByLayers({
  nodes: ['start', 'left', 'right', 'end', 'alone'],
  edges: [
    { from: 'start', to: 'left' },
    { from: 'start', to: 'right' },
    { from: 'right', to: 'end' },
  ],
})

test.each([
  ['start', 'ArrowDown', 'left'],
  ['right', 'ArrowDown', 'end'],
  ['right', 'ArrowUp', 'start'],
  ['left', 'ArrowRight', 'right'],
  ['right', 'ArrowLeft', 'left'],
  ['start', 'ArrowRight', 'alone'],
  ['end', 'ArrowDown', null],
  ['left', 'Home', 'start'],
  ['start', 'End', 'alone'],
  ['', 'ArrowDown', 'start'],
  ['', 'End', 'alone'],
  ['', '0', null],
])('[L34] from %o %s leads to %o', (from, key, to) => {
  expect(nodeAfterKey(layout, from, key)).toBe(to)
})

test('[L35] only what lies in the part that is seen is drawn, with the lines that pass through', () => {
  const end = layout.nodes.find(({ id }) => id === 'end') ?? { x: 0, y: 0 }
  const part = { x: end.x + 10, y: end.y - 10, widthPx: 120, heightPx: 40 }
  const seen = seenIn(layout, part)
  expect(seen.nodes.map(({ id }) => id)).toEqual(['end'])
  expect(seen.edges.map(({ from, to }) => [from, to])).toEqual([['right', 'end']])
  expect(nodeAt(layout, { x: end.x + 5, y: end.y + 5 })).toBe('end')
  expect(nodeAt(layout, { x: end.x - 5, y: end.y + 5 })).toBe(null)
})

test('[L35] all of a drawing fits, and a small one is not blown up', () => {
  const viewport = { widthPx: 664, heightPx: 464 }
  expect(fitZoom({ widthPx: 6000, heightPx: 100 }, viewport)).toBeCloseTo(0.1)
  expect(fitZoom({ widthPx: 100, heightPx: 800 }, viewport)).toBeCloseTo(0.5)
  expect(fitZoom({ widthPx: 100, heightPx: 100 }, viewport)).toBe(1)
})
