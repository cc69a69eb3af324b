import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react'

export type GanttZoom = {
  readonly scroller: RefObject<HTMLDivElement | null>
  /** The element that is as wide as the whole time. */
  readonly track: RefObject<HTMLDivElement | null>
  /** How many times wider than the window all of it is. */
  readonly factor: number
  readonly trackPx: number
  /** The part of the time that is seen, with a little on both sides. */
  readonly from: number
  readonly to: number
  readonly zoomBy: (by: number) => void
  /** Shows exactly this part of the time. */
  readonly zoomTo: (from: number, to: number) => void
  readonly fit: () => void
  /** To be called when it was scrolled. */
  readonly follow: () => void
  readonly shareAt: (clientX: number) => number
}

type Anchor = { readonly share: number; readonly clientX: number }

/** Browsers draw nothing much wider than 16 million pixels. */
const most = 8000

/** How much of the time is seen; what stood under the pointer stays there. */
export function useGanttZoom(): GanttZoom {
  const scroller = useRef<HTMLDivElement>(null)
  const track = useRef<HTMLDivElement>(null)
  const anchor = useRef<Anchor | null>(null)
  const [factor, setFactor] = useState(1)
  const [seen, setSeen] = useState({ from: 0, to: 1, trackPx: 1 })

  const follow = () => setSeen(seenOf(scroller.current, track.current))
  const shareAt = (clientX: number) => {
    const box = track.current?.getBoundingClientRect()
    if (box === undefined || box.width === 0) return 0
    return Math.min(1, Math.max(0, (clientX - box.left) / box.width))
  }
  const zoomAbout = (next: number, at: Anchor) => {
    anchor.current = at
    setFactor(Math.min(most, Math.max(1, next)))
  }
  const middle = (): Anchor => {
    const box = scroller.current?.getBoundingClientRect()
    const clientX = box === undefined ? 0 : (box.left + box.right) / 2
    return { share: shareAt(clientX), clientX }
  }

  useLayoutEffect(() => {
    const box = track.current?.getBoundingClientRect()
    const at = anchor.current
    if (at !== null && box !== undefined)
      scroller.current?.scrollBy({ left: box.left + at.share * box.width - at.clientX })
    anchor.current = null
    follow()
  }, [factor])

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
      anchor.current = { share, clientX: event.clientX }
      const by = Math.exp(-event.deltaY / 300)
      setFactor((now) => Math.min(most, Math.max(1, now * by)))
    }
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => {
      observer.disconnect()
      element.removeEventListener('wheel', onWheel)
    }
  }, [])

  return {
    scroller,
    track,
    factor,
    ...seen,
    follow,
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

function seenOf(scroller: HTMLElement | null, track: HTMLElement | null) {
  const widthPx = track?.offsetWidth ?? 1
  const startPx = scroller?.scrollLeft ?? 0
  const windowPx = scroller?.clientWidth ?? 1
  return {
    from: Math.max(0, (startPx - windowPx) / widthPx),
    to: Math.min(1, (startPx + 2 * windowPx) / widthPx),
    trackPx: widthPx,
  }
}
