import { expect, test } from 'vitest'
import { scrollPxFor, windowAt } from '../../../../renderer/ui/rowWindow.ts'

const rows = { count: 100_000, rowPx: 30, viewportPx: 600 }

test('at the start the first rows are drawn, and some below the screen', () => {
  expect(windowAt(rows, { scrollPx: 0, direction: 0 })).toEqual({
    first: 0,
    last: 26,
    beforePx: 0,
    afterPx: 2_999_190,
  })
})

test('more is drawn where it goes than where it comes from', () => {
  const down = windowAt(rows, { scrollPx: 30_000, direction: 1 })
  const up = windowAt(rows, { scrollPx: 30_000, direction: -1 })
  expect([down.first, down.last]).toEqual([992, 1045])
  expect([up.first, up.last]).toEqual([976, 1029])
})

test.each([1, -1])(
  '[L331] while it scrolls (%i) rows come and go several at a time, and all that is seen is drawn',
  (direction) => {
    const windows = Array.from({ length: 480 }, (_, at) => {
      const scrollPx = 30_000 + at * 7
      const { first, last } = windowAt(rows, { scrollPx, direction })
      expect(first * 30).toBeLessThanOrEqual(scrollPx)
      expect((last + 1) * 30).toBeGreaterThanOrEqual(scrollPx + rows.viewportPx)
      return `${first} ${last}`
    })
    const rowsPassed = (480 * 7) / 30
    expect(new Set(windows).size).toBeLessThanOrEqual(rowsPassed / 8 + 1)
  },
)

test('a list without rows draws none, and one that became shorter draws its end', () => {
  expect(windowAt({ ...rows, count: 0 }, { scrollPx: 900, direction: 1 }).last).toBe(-1)
  const short = windowAt({ ...rows, count: 25 }, { scrollPx: 2_000_000, direction: 0 })
  expect([short.first, short.last, short.afterPx]).toEqual([0, 24, 0])
})

test.each([5, 100_000, 600_000, 5_000_000])(
  '[L7] of %i rows the scroll bar reaches the first and the last, and nothing is taller than a browser draws',
  (count) => {
    const list = { ...rows, count }
    const whole = windowAt(list, { scrollPx: 0, direction: 0 })
    const heightPx = whole.beforePx + (whole.last - whole.first + 1) * 30 + whole.afterPx
    expect(heightPx).toBeLessThanOrEqual(16_000_000)
    const end = windowAt(list, { scrollPx: heightPx, direction: 0 })
    expect(end.last).toBe(count - 1)
    expect(end.afterPx).toBeCloseTo(0, 3)
  },
)

test.each([0, 1, 17, 99_999, 123_456, 2_999_999])(
  '[L7] row %i of three million is seen where the scroll bar is sent for it',
  (index) => {
    const list = { ...rows, count: 3_000_000 }
    for (const align of ['nearest', 'center'] as const) {
      const scrollPx = scrollPxFor(list, 8_000_000, { index, align })
      const { first, beforePx } = windowAt(list, { scrollPx, direction: 0 })
      const top = beforePx + (index - first) * 30 - scrollPx
      expect(top).toBeGreaterThan(-1)
      expect(top + 30).toBeLessThan(601)
    }
  },
)

test('a row that is seen already moves nothing, one beyond moves no further than needed', () => {
  const asked = [100, 110, 119, 99, 120]
  const scrolled = asked.map((index) => scrollPxFor(rows, 3_000, { index, align: 'nearest' }))
  expect(scrolled).toEqual([3_000, 3_000, 3_000, 2_970, 3_030])
})
