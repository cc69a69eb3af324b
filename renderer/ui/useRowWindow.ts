import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react'
import { flushSync } from 'react-dom'
import { scrollPxFor, windowAt, type Goal, type RowWindow, type Scrolled } from './rowWindow.ts'

export type RowWindowOptions = {
  readonly scroller: RefObject<HTMLElement | null>
  readonly count: number
  readonly rowPx: number
  /** Height of what stays above the rows. */
  readonly headPx: number
  /** Another value: other rows, seen from the first. */
  readonly content: unknown
}

export type ShownRows = RowWindow & {
  /** Nothing is drawn before it is known how much can be seen. */
  readonly viewportPx: number | null
  readonly scrollTo: (goal: Goal) => void
}

/** Without a turn of the wheel for so long, the list rests; until then its scroller has `data-scrolling`. */
const restMs = 150

const start: Scrolled = { scrollPx: 0, direction: 0 }

/** The rows that are drawn of a list in a scroller: drawn in the very frame in which they are scrolled to. */
export function useRowWindow(options: RowWindowOptions): ShownRows {
  const { scroller, count, rowPx, headPx, content } = options
  const [viewportPx, setViewportPx] = useState<number | null>(null)
  const [scrolled, setScrolled] = useState(start)
  const [shown, setShown] = useState(content)
  const isOther = !Object.is(content, shown)
  if (isOther) {
    setShown(content)
    setScrolled(start)
  }
  const rows = { count: viewportPx === null ? 0 : count, rowPx, viewportPx: viewportPx ?? 0 }
  const window = windowAt(rows, isOther ? start : scrolled)

  // What scrolling compares with: the rows as they were drawn last.
  const drawn = useRef({ rows, window, scrolled })
  useLayoutEffect(() => {
    drawn.current = { rows, window, scrolled }
  })

  const atStart = useRef(content)
  useLayoutEffect(() => {
    if (Object.is(atStart.current, content)) return
    atStart.current = content
    scroller.current?.scrollTo({ top: 0 })
  }, [scroller, content])

  useLayoutEffect(() => {
    const element = scroller.current
    if (element === null) return () => undefined
    const measure = () => setViewportPx(Math.max(0, element.clientHeight - headPx))
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [scroller, headPx])

  const follow = useCallback((scrollPx: number, draw: (next: Scrolled) => void) => {
    const { rows: known, window: before, scrolled: last } = drawn.current
    const next = { scrollPx, direction: Math.sign(scrollPx - last.scrollPx) }
    const { first, last: end } = windowAt(known, next)
    if (first !== before.first || end !== before.last) draw(next)
  }, [])

  useEffect(() => {
    const element = scroller.current
    if (element === null) return () => undefined
    let timer: ReturnType<typeof setTimeout> | undefined
    const onScroll = () => {
      element.dataset['scrolling'] = ''
      clearTimeout(timer)
      timer = setTimeout(() => delete element.dataset['scrolling'], restMs)
      follow(element.scrollTop, (next) => flushSync(() => setScrolled(next)))
    }
    element.addEventListener('scroll', onScroll, { passive: true })
    return () => {
      clearTimeout(timer)
      delete element.dataset['scrolling']
      element.removeEventListener('scroll', onScroll)
    }
  }, [scroller, follow])

  const scrollTo = useCallback(
    (goal: Goal) => {
      const element = scroller.current
      if (element === null) return
      element.scrollTo({ top: scrollPxFor(drawn.current.rows, element.scrollTop, goal) })
      follow(element.scrollTop, setScrolled)
    },
    [scroller, follow],
  )
  return { ...window, viewportPx, scrollTo }
}
