import { useRef, useState, type PointerEvent } from 'react'
import { formatDuration } from './formatDuration.ts'
import { Icon } from './Icon.tsx'
import type { IdleGap, TimeScale } from './timeScale.ts'
import type { TimeTick } from './timeTicks.ts'
import type { GanttZoom } from './useGanttZoom.ts'
import styles from './Gantt.module.css'

export type GanttAxisProps = {
  readonly scale: TimeScale
  readonly ticks: readonly TimeTick[]
  readonly zoom: GanttZoom
  readonly onGap: (startMs: number) => void
}

/** What a pause says in full needs so much room; with less it says only how long it was. */
const wordsPx = 190

/** With less behind it, a time stands before its line: the tools lie over the end. */
const textPx = 56

/** The time above the lines: dragged over, it zooms to that part. Below it stand the pauses, to be opened and closed. */
export function GanttAxis({ scale, ticks, zoom, onGap }: GanttAxisProps) {
  const gaps = [...scale.gaps, ...scale.opened].toSorted((a, b) => a.startMs - b.startMs)
  const open = new Set(scale.opened.map(({ startMs }) => startMs))
  const { track, trackPx } = zoom
  const range = useRange(zoom)
  return (
    <div role="presentation" className={styles.head}>
      <div className={styles.axis} aria-hidden="true">
        <span className={styles.corner} />
        <div
          ref={track}
          className={styles.ticks}
          title="Drag to zoom to a part of the time"
          onPointerDown={range.onPointerDown}
          onPointerMove={range.onPointerMove}
          onPointerUp={range.onPointerUp}
        >
          {ticks.map((tick) => (
            <span
              key={tick.share}
              className={styles.tick}
              data-side={(1 - tick.share) * trackPx < textPx ? 'before' : undefined}
              style={{ insetInlineStart: `${tick.share * 100}%` }}
            >
              {tick.text}
            </span>
          ))}
          {range.from !== null && (
            <span
              className={styles.range}
              style={{
                insetInlineStart: `${Math.min(range.from, range.to) * 100}%`,
                inlineSize: `${Math.abs(range.to - range.from) * 100}%`,
              }}
            />
          )}
        </div>
      </div>
      {gaps.length > 0 && (
        <div role="presentation" className={styles.gaps}>
          <span className={styles.corner} />
          <div role="presentation" className={styles.ticks}>
            {gaps.map((gap, index) => (
              <button
                key={gap.startMs}
                type="button"
                className={styles.gap}
                aria-expanded={open.has(gap.startMs)}
                aria-label={`${formatDuration(gap.endMs - gap.startMs)} in which nothing ran`}
                title={open.has(gap.startMs) ? 'Draw this pause short' : 'Draw this pause in full'}
                style={{ insetInlineStart: `${middleOf(gap) * 100}%` }}
                onClick={() => onGap(gap.startMs)}
              >
                <Icon name="tilde" size={12} />
                {formatDuration(gap.endMs - gap.startMs)}
                {roomOf(gaps, index) * trackPx > wordsPx && ' nothing ran'}
              </button>
            ))}
          </div>
        </div>
      )}
    </div>
  )
}

function middleOf({ startShare, endShare }: IdleGap): number {
  return (startShare + endShare) / 2
}

/** How far the nearest other pause is. */
function roomOf(gaps: readonly IdleGap[], index: number): number {
  const own = gaps[index]
  const others = [gaps[index - 1], gaps[index + 1]]
  if (own === undefined) return 0
  return Math.min(
    ...others.map((other) => (other === undefined ? 1 : Math.abs(middleOf(other) - middleOf(own)))),
  )
}

/** A part that is dragged over. */
function useRange({ shareAt, zoomTo }: GanttZoom) {
  const start = useRef<number | null>(null)
  const [range, setRange] = useState<{ readonly from: number | null; readonly to: number }>({
    from: null,
    to: 0,
  })
  return {
    ...range,
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0) return
      event.currentTarget.setPointerCapture(event.pointerId)
      start.current = event.clientX
    },
    onPointerMove: (event: PointerEvent) => {
      if (start.current !== null)
        setRange({ from: shareAt(start.current), to: shareAt(event.clientX) })
    },
    onPointerUp: (event: PointerEvent) => {
      const from = start.current
      start.current = null
      setRange({ from: null, to: 0 })
      if (from === null || Math.abs(event.clientX - from) < 5) return
      const ends = [shareAt(from), shareAt(event.clientX)]
      zoomTo(Math.min(...ends), Math.max(...ends))
    },
  }
}
