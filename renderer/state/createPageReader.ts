// Reads the pages of a list that are looked at, and those that come next; what was scrolled past is cancelled.
import { toAppError } from '../../shared/errors.ts'
import { pageSize } from './pagedRows.ts'

export type Visible = { readonly first: number; readonly last: number }

export type Span = { readonly page: number; readonly count: number }

export type PageReaderOptions = {
  /** Length of the list; null while there is none. */
  readonly length: () => number | null
  readonly isToRead: (page: number) => boolean
  /** Reads a span and puts it in its place. */
  readonly read: (span: Span, signal: AbortSignal) => Promise<void>
  readonly onFailure: (error: unknown) => void
}

export type PageReader = {
  /** These rows are on the screen. */
  readonly look: (visible: Visible) => void
  readonly visible: () => Visible
  /** Reads what is looked at, where it is to be read. */
  readonly pump: () => void
  /** The list is another one, shown from its start, as many rows as before. */
  readonly reset: () => void
}

/** What is looked at, and what was just scrolled past and has not ended yet. */
const mostAtOnce = 2

/** What is read beyond the screen lasts for so many steps of scrolling: a third of a second, in which it is answered. */
const stepsAhead = 20
const fewestAhead = 2
const mostAhead = 6

/** A longer step is no scrolling: somebody went elsewhere. */
const longestStep = 200

/** The most rows that one call may ask for are 500. */
const mostPagesAtOnce = 10

export function createPageReader(options: PageReaderOptions): PageReader {
  let visible: Visible = { first: 0, last: 0 }
  let pace = 0
  const underway = new Map<Span, AbortController>()

  const isUnderway = (page: number) =>
    [...underway].some(([span, { signal }]) => !signal.aborted && includes(span, page))

  const start = async (span: Span) => {
    const cancelling = new AbortController()
    underway.set(span, cancelling)
    try {
      await options.read(span, cancelling.signal)
    } catch (error) {
      // A failure is not tried again by itself: the list says so, and whoever looks on asks again.
      if (!cancelling.signal.aborted) return options.onFailure(toAppError(error))
    } finally {
      underway.delete(span)
    }
    pump()
  }

  const pump = () => {
    const length = options.length()
    if (length === null || length === 0) return
    const wanted = wantedPages({ visible, pace, length })
    for (const [span, cancelling] of underway)
      if (!wanted.some((page) => includes(span, page))) cancelling.abort()
    const missing = wanted.filter((page) => options.isToRead(page) && !isUnderway(page))
    for (const span of spansOf(missing)) if (underway.size < mostAtOnce) void start(span)
  }

  return {
    look: (next) => {
      pace = paceAfter(pace, next.first - visible.first)
      visible = next
      pump()
    },
    visible: () => visible,
    pump,
    reset: () => {
      visible = { first: 0, last: visible.last - visible.first }
      pace = 0
      for (const cancelling of underway.values()) cancelling.abort()
    },
  }
}

function includes({ page: first, count }: Span, page: number): boolean {
  return page >= first && page < first + count
}

export function pagesOf({ first, last }: Visible): readonly number[] {
  const start = Math.floor(first / pageSize)
  const end = Math.floor(Math.max(first, last) / pageSize)
  return Array.from({ length: end - start + 1 }, (_, index) => start + index)
}

/** Neighbours are read together. */
export function spansOf(pages: readonly number[]): readonly Span[] {
  const spans: Span[] = []
  for (const page of pages) {
    const last = spans.at(-1)
    if (last && page === last.page + last.count && last.count < mostPagesAtOnce)
      spans.splice(-1, 1, { ...last, count: last.count + 1 })
    else spans.push({ page, count: 1 })
  }
  return spans
}

/** Rows that a step of scrolling moves, down or up. It is fast at once, and slow only after a while. */
function paceAfter(pace: number, step: number): number {
  if (step === 0) return pace
  if (Math.abs(step) > longestStep) return Math.sign(step)
  const before = Math.sign(pace) === Math.sign(step) ? pace * 0.9 : 0
  return Math.abs(step) > Math.abs(before) ? step : before
}

type Looking = { readonly visible: Visible; readonly pace: number; readonly length: number }

/** The pages on the screen, then those that scrolling on will reach. */
function wantedPages({ visible, pace, length }: Looking): readonly number[] {
  const shown = pagesOf({ ...visible, last: Math.min(visible.last, length - 1) })
  if (pace === 0) return shown
  const direction = Math.sign(pace)
  const edge = direction > 0 ? visible.last : visible.first
  const lasting = Math.ceil((Math.abs(pace) * stepsAhead) / pageSize)
  const count = Math.min(mostAhead, Math.max(fewestAhead, lasting))
  const ahead = Array.from({ length: count }, (_, index) =>
    Math.floor((edge + direction * pageSize * (index + 1)) / pageSize),
  )
  const isThere = (page: number) => page >= 0 && page * pageSize < length && !shown.includes(page)
  return [...shown, ...ahead.filter(isThere).toSorted((a, b) => a - b)]
}
