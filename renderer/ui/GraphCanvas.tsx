import {
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  type KeyboardEvent,
  type PointerEvent,
} from 'react'
import type { GraphNode } from './Graph.tsx'
import { GraphBoxes } from './GraphBoxes.tsx'
import { GraphLines } from './GraphLines.tsx'
import { GraphNodeBox } from './GraphNodeBox.tsx'
import { GraphOverview } from './GraphOverview.tsx'
import type { GraphLayout } from './graphLayout.ts'
import { nodeAfterKey } from './graphMoves.ts'
import { farZoom, fitZoom, marginPx, nodeAt, seenIn, boxesPath } from './graphView.ts'
import { IconButton } from './IconButton.tsx'
import { useGraphViewport } from './useGraphViewport.ts'
import { useShortcut } from './useShortcut.ts'
import styles from './Graph.module.css'

export type GraphCanvasProps = {
  readonly label: string
  readonly layout: GraphLayout
  readonly nodes: readonly GraphNode[]
  readonly selected: string | null
  /** What is seen first where nothing is selected and all of it would be too small. */
  readonly start: string | null
  readonly onSelect: (id: string) => void
  /** Enter and double click. */
  readonly onOpen: (id: string) => void
}

const zoomStep = 1.25

export function GraphCanvas(props: GraphCanvasProps) {
  const { label, layout, nodes, selected, onSelect, onOpen } = props
  const id = useId()
  const places = useMemo(() => new Map(layout.nodes.map((node) => [node.id, node])), [layout])
  const order = useMemo(() => new Map(nodes.map((node, index) => [node.id, index])), [nodes])
  const origin = { x: 0, y: 0 }
  const startPlace = places.get(selected ?? props.start ?? '') ?? layout.nodes[0] ?? origin
  const view = useGraphViewport(layout, startPlace)
  const { scroller, viewport, zoom, zoomTo, fit, show } = view
  const pan = usePan(view)
  useShortcut('f', fit)
  useWheelZoom(view)

  // Wherever it was selected, it is seen here.
  const place = selected === null ? undefined : places.get(selected)
  const latestShow = useRef(show)
  useLayoutEffect(() => {
    latestShow.current = show
  })
  useEffect(() => {
    if (place !== undefined) latestShow.current(place)
  }, [place])

  const zoomByKey = (next: number) =>
    place === undefined ? zoomTo(next) : view.zoomOn(place, next)

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.metaKey || event.target !== event.currentTarget) return
    const next = nodeAfterKey(layout, selected ?? '', event.key)
    if (next !== null && !event.ctrlKey) onSelect(next)
    else if (event.key === 'Enter' && selected !== null) onOpen(selected)
    else if (event.key === '+' || event.key === '=') zoomByKey(zoom * zoomStep)
    else if (event.key === '-') zoomByKey(zoom / zoomStep)
    else if (event.key === '0') zoomByKey(1)
    else if (!event.key.startsWith('Arrow')) return
    event.preventDefault()
  }

  const isFar = zoom < farZoom
  const seen = seenIn(layout, view.seen)
  const drawn = isFar ? [] : seen.nodes
  const shown = place === undefined || drawn.includes(place) ? drawn : [...drawn, place]
  const near = neighboursOf(layout, selected)
  // The overview helps once a good part is out of sight.
  const isWhole = viewport !== null && zoom <= 1.5 * fitZoom(layout, viewport)
  return (
    <div className={styles.canvas}>
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- a click selects, as the arrow keys do */}
      <div
        ref={scroller}
        className={styles.scroller}
        role="listbox"
        tabIndex={0}
        aria-label={label}
        aria-activedescendant={place && `${id}-${place.id}`}
        onKeyDown={onKeyDown}
        onPointerDown={pan.onPointerDown}
        onPointerMove={pan.onPointerMove}
        onPointerUp={pan.onPointerUp}
        onClick={(event) => {
          const hit = isFar && !pan.moved() ? nodeAt(layout, view.placeOf(event)) : null
          if (hit !== null) onSelect(hit)
        }}
      >
        <div
          role="presentation"
          className={styles.area}
          style={{
            inlineSize: Math.max(viewport?.widthPx ?? 0, layout.widthPx * zoom + 2 * marginPx),
            blockSize: Math.max(viewport?.heightPx ?? 0, layout.heightPx * zoom + 2 * marginPx),
          }}
        >
          <svg
            className={styles.lines}
            aria-hidden="true"
            style={{
              insetInlineStart: view.origin.x + view.seen.x * zoom,
              insetBlockStart: view.origin.y + view.seen.y * zoom,
              inlineSize: viewport?.widthPx ?? 0,
              blockSize: viewport?.heightPx ?? 0,
            }}
            viewBox={`${view.seen.x} ${view.seen.y} ${view.seen.widthPx} ${view.seen.heightPx}`}
          >
            <GraphLines edges={seen.edges} nodes={nodes} selected={selected} />
            {isFar && <GraphBoxes places={seen.nodes} nodes={nodes} />}
            {isFar && place && <path className={styles.ring} d={boxesPath([place])} />}
          </svg>
          <div
            role="presentation"
            className={styles.drawing}
            style={{
              transform: `translate(${view.origin.x}px, ${view.origin.y}px) scale(${zoom})`,
            }}
          >
            {shown.map((at) => {
              const index = order.get(at.id)
              const node = index === undefined ? undefined : nodes[index]
              if (index === undefined || node === undefined) return null
              return (
                <GraphNodeBox
                  key={node.id}
                  id={`${id}-${node.id}`}
                  node={node}
                  place={at}
                  position={index + 1}
                  total={nodes.length}
                  isSelected={node.id === selected}
                  isNear={near.has(node.id)}
                  onSelect={() => onSelect(node.id)}
                  onOpen={() => onOpen(node.id)}
                />
              )
            })}
          </div>
        </div>
      </div>
      <div className={styles.tools}>
        <IconButton
          icon="zoomOut"
          label="Zoom out (−)"
          size="s"
          onClick={() => zoomTo(zoom / zoomStep)}
        />
        <span className={styles.zoom}>{Math.round(zoom * 100)} %</span>
        <IconButton
          icon="zoomIn"
          label="Zoom in (+)"
          size="s"
          onClick={() => zoomTo(zoom * zoomStep)}
        />
        <IconButton icon="fit" label="Fit all of it (f)" size="s" onClick={fit} />
      </div>
      {!isWhole && (
        <GraphOverview layout={layout} nodes={nodes} seen={view.seen} onCentre={view.centre} />
      )}
    </div>
  )
}

/** What the selected node needs, and what needs it. */
function neighboursOf({ edges }: GraphLayout, selected: string | null): ReadonlySet<string> {
  return new Set(
    edges.flatMap(({ from, to }) => (from === selected ? [to] : to === selected ? [from] : [])),
  )
}

type View = ReturnType<typeof useGraphViewport>

/** The wheel scrolls; with Ctrl, as from a touch pad that is pinched, it zooms about the pointer. */
function useWheelZoom(view: View): void {
  const latest = useRef(view)
  useLayoutEffect(() => {
    latest.current = view
  })
  const { scroller } = view
  useEffect(() => {
    const element = scroller.current
    if (element === null) return () => undefined
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return
      event.preventDefault()
      const box = element.getBoundingClientRect()
      const about = { x: event.clientX - box.left, y: event.clientY - box.top }
      latest.current.zoomTo(latest.current.zoom * Math.exp(-event.deltaY / 300), about)
    }
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => element.removeEventListener('wheel', onWheel)
  }, [scroller])
}

/** The ground is dragged; a press that moved is no click. */
function usePan({ scroller }: View) {
  const from = useRef<{ readonly x: number; readonly y: number } | null>(null)
  const hasMoved = useRef(false)
  return {
    moved: () => hasMoved.current,
    onPointerDown: (event: PointerEvent) => {
      hasMoved.current = false
      if (event.button !== 0 || !(event.target instanceof Element)) return
      if (event.target.closest('[role="option"]') !== null) return
      from.current = { x: event.clientX, y: event.clientY }
    },
    onPointerMove: (event: PointerEvent) => {
      if (from.current === null) return
      const [x, y] = [from.current.x - event.clientX, from.current.y - event.clientY]
      if (!hasMoved.current && Math.hypot(x, y) < 4) return
      if (!hasMoved.current) event.currentTarget.setPointerCapture(event.pointerId)
      hasMoved.current = true
      from.current = { x: event.clientX, y: event.clientY }
      scroller.current?.scrollBy({ left: x, top: y })
    },
    onPointerUp: () => {
      from.current = null
    },
  }
}
