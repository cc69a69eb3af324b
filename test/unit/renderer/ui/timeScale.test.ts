import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createTimeScale, mergeSpans } from '../../../../renderer/ui/timeScale.ts'

test('without pauses time is drawn evenly', () => {
  const scale = createTimeScale([{ startMs: 1000, endMs: 2000 }])
  expect([500, 1000, 1500, 2000, 9000].map(scale.toShare)).toEqual([0, 0, 0.5, 1, 1])
  expect(scale.gaps).toEqual([])
})

test('a long pause is drawn short, and what happened keeps its room', () => {
  const hour = 3_600_000
  const scale = createTimeScale([
    { startMs: 0, endMs: 1000 },
    { startMs: 10 * hour, endMs: 10 * hour + 1000 },
  ])
  expect(scale.gaps.length).toBe(1)
  expect(scale.toShare(1000)).toBeCloseTo(0.475)
  expect(scale.toShare(10 * hour)).toBeCloseTo(0.525)
  expect(scale.toShare(5 * hour)).toBeCloseTo(0.5, 1)
})

test('attempts at the same moment are one span', () => {
  expect(
    mergeSpans([
      { startMs: 5, endMs: 9 },
      { startMs: 0, endMs: 6 },
    ]),
  ).toEqual([{ startMs: 0, endMs: 9 }])
})

test('nothing at all still has a scale', () => {
  expect(createTimeScale([]).toShare(5)).toBe(1)
})

test('shares grow with time, stay within 0 and 1, and lead back to their moment', () => {
  const span = fc
    .tuple(fc.integer({ min: 0, max: 1e9 }), fc.integer({ min: 1, max: 1e6 }))
    .map(([startMs, length]) => ({ startMs, endMs: startMs + length }))
  fc.assert(
    fc.property(
      fc.array(span, { minLength: 1, maxLength: 8 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (spans, share) => {
        const scale = createTimeScale(spans)
        const ms = scale.toMs(share)
        expect(scale.toShare(ms)).toBeCloseTo(share, 5)
        expect(scale.toShare(ms)).toBeLessThanOrEqual(scale.toShare(ms + 1000) + 1e-9)
      },
    ),
    { seed: 7, numRuns: 200 },
  )
})

test('[L36] a pause is drawn in full when it is asked for, and can be drawn short again', () => {
  const hour = 3_600_000
  const spans = [
    { startMs: 0, endMs: 1000 },
    { startMs: 10 * hour, endMs: 10 * hour + 1000 },
  ]
  const scale = createTimeScale(spans, new Set([1000]))
  expect(scale.gaps).toEqual([])
  expect(scale.opened.map(({ startMs, endMs }) => [startMs, endMs])).toEqual([[1000, 10 * hour]])
  expect(scale.toShare(5 * hour)).toBeCloseTo(0.5)
})

test('[L36] however many pauses there are, what happened has most of the room', () => {
  const hour = 3_600_000
  const spans = Array.from({ length: 40 }, (_, index) => ({
    startMs: index * hour,
    endMs: index * hour + 1000,
  }))
  const { gaps, perMs } = createTimeScale(spans)
  expect(gaps.length).toBe(39)
  expect(perMs * 40 * 1000).toBeCloseTo(0.6)
})
