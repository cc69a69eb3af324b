import { useLayoutEffect, useRef, useState, type RefObject } from 'react'
import { nodeHeightPx, nodeWidthPx, type GraphLayout, type Point } from './graphLayout.ts'
import { clampZoom, fitZoom, originOf, type Rect, type Size } from './graphView.ts'

export type GraphViewport = {
  readonly scroller: RefObject<HTMLDivElement | null>
  /** Null before it is measured. */
  readonly viewport: Size | null
  readonly zoom: number
  readonly origin: Point
  /** The part of the drawing that is seen. */
  readonly seen: Rect
  /** `about` stays where it is on the screen; left out: the middle. */
  readonly zoomTo: (zoom: number, about?: Point) => void
  /** The node comes into the middle. */
  readonly zoomOn: (node: Point, zoom: number) => void
  readonly fit: () => void
  /** Brings a place of the drawing into the middle. */
  readonly centre: (place: Point) => void
  /** Scrolls no further than until a node is seen. */
  readonly show: (node: Point) => void
  readonly placeOf: (event: { readonly clientX: number; readonly clientY: number }) => Point
}

/** Zoom at which names can be read without effort. */
const readableZoom = 0.85
const fitsWellFrom = 0.6
const nowhere: Size = { widthPx: 0, heightPx: 0 }

/** A scrolling window on a drawing. It begins with all of it where that can be read, else with what `start` stands at. */
export function useGraphViewport(layout: GraphLayout, start: Point): GraphViewport {
  const scroller = useRef<HTMLDivElement>(null)
  const [viewport, setViewport] = useState<Size | null>(null)
  const [zoom, setZoom] = useState(readableZoom)
  const [scroll, setScroll] = useState<Point>({ x: 0, y: 0 })
  const goal = useRef<Point | null>(null)
  const size = viewport ?? nowhere
  const origin = originOf(layout, zoom, size)

  const goTo = (place: Point, nextZoom: number, about: Point) => {
    const next = originOf(layout, nextZoom, size)
    goal.current = {
      x: next.x + place.x * nextZoom - about.x,
      y: next.y + place.y * nextZoom - about.y,
    }
    if (nextZoom === zoom) scrollToGoal()
    else setZoom(nextZoom)
  }
  const scrollToGoal = () => {
    if (goal.current === null) return
    scroller.current?.scrollTo({ left: goal.current.x, top: goal.current.y })
    goal.current = null
  }
  const placeAt = (about: Point): Point => {
    const { scrollLeft = 0, scrollTop = 0 } = scroller.current ?? {}
    return {
      x: (scrollLeft + about.x - origin.x) / zoom,
      y: (scrollTop + about.y - origin.y) / zoom,
    }
  }
  const middle = { x: size.widthPx / 2, y: size.heightPx / 2 }
  const fit = () => {
    const whole = { x: layout.widthPx / 2, y: layout.heightPx / 2 }
    goTo(whole, fitZoom(layout, size), middle)
  }

  useLayoutEffect(() => {
    const element = scroller.current
    if (element === null) return () => undefined
    const measure = () =>
      setViewport({ widthPx: element.clientWidth, heightPx: element.clientHeight })
    const follow = () => setScroll({ x: element.scrollLeft, y: element.scrollTop })
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    element.addEventListener('scroll', follow, { passive: true })
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', follow)
    }
  }, [])

  // Zooming keeps a place where it is, which is known once it is drawn.
  useLayoutEffect(scrollToGoal, [zoom])

  const isMeasured = viewport !== null
  useLayoutEffect(() => {
    if (!isMeasured) return
    if (fitZoom(layout, size) >= fitsWellFrom) fit()
    else goTo(middleOf(start), readableZoom, middle)
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- only another drawing is seen from its start
  }, [layout, isMeasured])

  return {
    scroller,
    viewport,
    zoom,
    origin,
    seen: {
      x: (scroll.x - origin.x) / zoom,
      y: (scroll.y - origin.y) / zoom,
      widthPx: size.widthPx / zoom,
      heightPx: size.heightPx / zoom,
    },
    zoomTo: (next, about = middle) => goTo(placeAt(about), clampZoom(next), about),
    zoomOn: (node, next) => goTo(middleOf(node), clampZoom(next), middle),
    fit,
    centre: (place) => goTo(place, zoom, middle),
    show: (node) => {
      const element = scroller.current
      if (element === null) return
      const left = nearestScroll(element.scrollLeft, size.widthPx, {
        from: origin.x + node.x * zoom,
        length: nodeWidthPx * zoom,
      })
      const top = nearestScroll(element.scrollTop, size.heightPx, {
        from: origin.y + node.y * zoom,
        length: nodeHeightPx * zoom,
      })
      element.scrollTo({ left, top })
    },
    placeOf: ({ clientX, clientY }) => {
      const box = scroller.current?.getBoundingClientRect()
      return placeAt({ x: clientX - (box?.left ?? 0), y: clientY - (box?.top ?? 0) })
    },
  }
}

function middleOf({ x, y }: Point): Point {
  return { x: x + nodeWidthPx / 2, y: y + nodeHeightPx / 2 }
}

const besidePx = 24

function nearestScroll(
  scroll: number,
  sizePx: number,
  { from, length }: { readonly from: number; readonly length: number },
): number {
  if (from - besidePx < scroll) return from - besidePx
  const end = from + length + besidePx
  return end > scroll + sizePx ? end - sizePx : scroll
}
