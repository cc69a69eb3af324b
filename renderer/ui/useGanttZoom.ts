import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react'

export type GanttZoom = {
  readonly scroller: RefObject<HTMLDivElement | null>
  /** The element that is as wide as the whole time. */
  readonly track: RefObject<HTMLDivElement | null>
  /** How many times wider than the window all of it is. */
  readonly factor: number
  readonly trackPx: number
  /** How far down it was scrolled. */
  readonly topPx: number
  /** The part of the time that is seen, with a little on both sides. */
  readonly from: number
  readonly to: number
  readonly zoomBy: (by: number) => void
  /** Shows exactly this part of the time. */
  readonly zoomTo: (from: number, to: number) => void
  readonly fit: () => void
  readonly shareAt: (clientX: number) => number
}

/** What stood where when it was zoomed. */
type Anchor = { readonly share: number; readonly clientX: number }

type Zoomed = { readonly factor: number; readonly anchor: Anchor | null }

/** Browsers draw nothing much wider than 16 million pixels. */
const most = 8000

/** How much of the time is seen; what stood under the pointer stays there. */
export function useGanttZoom(): GanttZoom {
  const scroller = useRef<HTMLDivElement>(null)
  const track = useRef<HTMLDivElement>(null)
  const [{ factor, anchor }, setZoomed] = useState<Zoomed>({ factor: 1, anchor: null })
  const [seen, setSeen] = useState({ from: 0, to: 1, trackPx: 1, topPx: 0 })

  const follow = useCallback(() => setSeen(seenOf(scroller.current, track.current)), [])
  const shareAt = (clientX: number) => {
    const box = track.current?.getBoundingClientRect()
    if (box === undefined || box.width === 0) return 0
    return Math.min(1, Math.max(0, (clientX - box.left) / box.width))
  }
  const zoomAbout = (next: number, at: Anchor) => {
    setZoomed({ factor: clamp(next), anchor: at })
  }
  const middle = (): Anchor => {
    const box = scroller.current?.getBoundingClientRect()
    const clientX = box === undefined ? 0 : (box.left + box.right) / 2
    return { share: shareAt(clientX), clientX }
  }

  useLayoutEffect(() => {
    const box = track.current?.getBoundingClientRect()
    if (anchor !== null && box !== undefined)
      scroller.current?.scrollBy({ left: box.left + anchor.share * box.width - anchor.clientX })
    follow()
  }, [anchor, follow])

  useEffect(() => {
    const element = scroller.current
    if (element === null) return () => undefined
    const observer = new ResizeObserver(follow)
    observer.observe(element)
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return
      event.preventDefault()
      const box = track.current?.getBoundingClientRect()
      if (box === undefined) return
      const share = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width))
      const by = Math.exp(-event.deltaY / 300)
      setZoomed((now) => ({
        factor: clamp(now.factor * by),
        anchor: { share, clientX: event.clientX },
      }))
    }
    element.addEventListener('wheel', onWheel, { passive: false })
    element.addEventListener('scroll', follow, { passive: true })
    return () => {
      observer.disconnect()
      element.removeEventListener('wheel', onWheel)
      element.removeEventListener('scroll', follow)
    }
  }, [follow])

  return {
    scroller,
    track,
    factor,
    ...seen,
    shareAt,
    zoomBy: (by) => zoomAbout(factor * by, middle()),
    fit: () => zoomAbout(1, middle()),
    zoomTo: (from, to) => {
      const window = scroller.current
      const box = track.current
      if (window === null || box === null || to <= from) return
      const besidePx = window.scrollWidth - box.offsetWidth
      const widthPx = window.clientWidth - besidePx
      const clientX = window.getBoundingClientRect().left + box.offsetLeft
      zoomAbout((widthPx / (to - from) + besidePx) / window.clientWidth, { share: from, clientX })
    },
  }
}

function clamp(factor: number): number {
  return Math.min(most, Math.max(1, factor))
}

function seenOf(scroller: HTMLElement | null, track: HTMLElement | null) {
  const widthPx = track?.offsetWidth ?? 1
  const startPx = scroller?.scrollLeft ?? 0
  const windowPx = scroller?.clientWidth ?? 1
  return {
    from: Math.max(0, (startPx - windowPx) / widthPx),
    to: Math.min(1, (startPx + 2 * windowPx) / widthPx),
    trackPx: widthPx,
    topPx: scroller?.scrollTop ?? 0,
  }
}
