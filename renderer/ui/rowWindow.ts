// Which rows of equal height are drawn for a place of the scroll bar, and where.

/** Browsers draw nothing taller than about 17 million pixels (Firefox) or 33 million (Chromium, WebKit). */
const tallestPx = 16_000_000

/** Rows drawn beyond the screen: many where it goes, few where it comes from or rests, so that what is new is there at once. */
const aheadRows = 20
const behindRows = 6
/**
 * While it scrolls rows come and go so many at a time: the frames between only move what is drawn. One at a time, each frame
 * pays for a layout and a painting of the whole table.
 */
const stepRows = 8

export type Rows = {
  readonly count: number
  readonly rowPx: number
  /** What is left for rows on the screen. */
  readonly viewportPx: number
}

export type Scrolled = {
  readonly scrollPx: number
  /** Where it goes: -1 up, 1 down, 0 it rests. */
  readonly direction: number
}

export type RowWindow = {
  readonly first: number
  /** -1: no row. */
  readonly last: number
  /** Space above and below the rows that are drawn. */
  readonly beforePx: number
  readonly afterPx: number
}

/** Above the tallest height a pixel of the scroll bar stands for more than a pixel of rows. */
export function windowAt(rows: Rows, { scrollPx, direction }: Scrolled): RowWindow {
  const { count, rowPx, viewportPx } = rows
  if (count === 0) return { first: 0, last: -1, beforePx: 0, afterPx: 0 }
  const shiftPx = shiftAt(rows, scrollPx)
  const topPx = within(rows, scrollPx) + shiftPx
  const top = Math.floor(topPx / rowPx)
  const seenRows = Math.ceil(viewportPx / rowPx) + 1
  const step = direction === 0 ? 1 : stepRows
  const [before, behind] = [
    direction < 0 ? aheadRows : behindRows,
    direction > 0 ? aheadRows : behindRows,
  ]
  const start = Math.floor((top - before) / step) * step
  const first = Math.max(0, start)
  const last = Math.min(count - 1, start + before + seenRows + behind + step - 2)
  const beforePx = Math.max(0, first * rowPx - shiftPx)
  const drawnPx = (last - first + 1) * rowPx
  return { first, last, beforePx, afterPx: Math.max(0, heightOf(rows) - beforePx - drawnPx) }
}

export type Goal = {
  readonly index: number
  /** `nearest`: no further than until it is seen. */
  readonly align: 'nearest' | 'center'
}

/** Where the scroll bar has to be for a row to be seen. */
export function scrollPxFor(rows: Rows, scrollPx: number, { index, align }: Goal): number {
  const { rowPx, viewportPx } = rows
  const seenPx = within(rows, scrollPx) + shiftAt(rows, scrollPx)
  const rowTopPx = index * rowPx
  const centrePx = rowTopPx - (viewportPx - rowPx) / 2
  if (align === 'center') return scrollPxOf(rows, centrePx)
  if (rowTopPx < seenPx) return scrollPxOf(rows, rowTopPx)
  const lowestPx = rowTopPx + rowPx - viewportPx
  return lowestPx > seenPx ? scrollPxOf(rows, lowestPx) : scrollPx
}

function heightOf({ count, rowPx }: Rows): number {
  return Math.min(count * rowPx, tallestPx)
}

/** How far the scroll bar can go. */
function rangeOf(rows: Rows): number {
  return Math.max(0, heightOf(rows) - rows.viewportPx)
}

function within(rows: Rows, scrollPx: number): number {
  return Math.min(Math.max(0, scrollPx), rangeOf(rows))
}

/** How much further the rows are than the scroll bar. */
function shiftAt(rows: Rows, scrollPx: number): number {
  const hiddenPx = rows.count * rows.rowPx - heightOf(rows)
  return hiddenPx === 0 ? 0 : (hiddenPx * within(rows, scrollPx)) / rangeOf(rows)
}

function scrollPxOf(rows: Rows, topPx: number): number {
  const wholePx = rows.count * rows.rowPx
  if (wholePx === heightOf(rows)) return within(rows, topPx)
  return within(rows, (topPx / (wholePx - rows.viewportPx)) * rangeOf(rows))
}
