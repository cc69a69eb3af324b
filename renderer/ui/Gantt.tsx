// What happened when. Only the lines and the part of the axis that are seen are drawn.
import { useContext, useEffect, useId, useRef, useState, type KeyboardEvent } from 'react'
import { GanttAxis } from './GanttAxis.tsx'
import { GanttLine } from './GanttLine.tsx'
import { GanttOverlay } from './GanttOverlay.tsx'
import { GanttTip } from './GanttTip.tsx'
import { IconButton } from './IconButton.tsx'
import { indexAfterKey } from './indexAfterKey.ts'
import type { TimeScale } from './timeScale.ts'
import { TimeModeContext } from './TimeText.tsx'
import { timeTicks } from './timeTicks.ts'
import { useGanttZoom } from './useGanttZoom.ts'
import { useRowWindow } from './useRowWindow.ts'
import styles from './Gantt.module.css'

export type GanttBar = {
  readonly startMs: number
  readonly endMs: number
  readonly status: string
  /** Tooltip. */
  readonly label: string
  /** It was begun and nobody knows when it ended: what is said instead of a duration. */
  readonly open: 'no result' | 'decided' | null
}

/** Time between the bars of a line that was waited through. */
export type GanttWait = {
  readonly startMs: number
  readonly endMs: number
  readonly label: string
}

export type GanttRow = {
  readonly id: string
  readonly label: string
  /** Tooltip of the label. */
  readonly title: string | null
  readonly status: string
  readonly attempts: number
  /** It is a part of the last row before it that is none. */
  readonly isPart: boolean
  /** Empty: it has not begun. */
  readonly bars: readonly GanttBar[]
  readonly waits: readonly GanttWait[]
}

export type GanttProps = {
  readonly label: string
  readonly rows: readonly GanttRow[]
  readonly scale: TimeScale
  /** Drawn as a line while something goes on; null: nothing does. */
  readonly nowMs: number | null
  readonly selected: string | null
  readonly onSelect: (id: string) => void
  /** Draws a pause in full that is drawn short, or short again; known by its begin. */
  readonly onGap: (startMs: number) => void
}

const rowPx = 32
const axisPx = 28
const gapsPx = 24
/** What the text of a tick needs. */
const tickPx = 104

/** A line a step, a bar an attempt. The whole line can be pressed; + and − zoom, as the wheel does with Ctrl. */
export function Gantt(props: GanttProps) {
  const { label, rows, scale, nowMs, selected, onSelect, onGap } = props
  const id = useId()
  const mode = useContext(TimeModeContext)
  const zoom = useGanttZoom()
  const { scroller, factor, trackPx, from, to, topPx } = zoom
  const [pointed, setPointed] = useState<number | null>(null)
  const [hasFocus, setHasFocus] = useState(false)
  const hasGaps = scale.gaps.length + scale.opened.length > 0
  const headPx = axisPx + (hasGaps ? gapsPx : 0)
  const shown = useRowWindow({
    scroller,
    count: rows.length,
    rowPx,
    headPx,
    content: label,
  })
  const active = rows.findIndex((row) => row.id === selected)
  useFollow(active, shown)

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.metaKey || event.ctrlKey || event.altKey) return
    if (event.target !== event.currentTarget) return
    const page = Math.max(1, Math.floor((shown.viewportPx ?? 300) / rowPx) - 1)
    const target = indexAfterKey(event.key, { active, page, count: rows.length })
    const row = target === null ? undefined : rows[target]
    if (row !== undefined) onSelect(row.id)
    else if (event.key === '+' || event.key === '=') zoom.zoomBy(2)
    else if (event.key === '-') zoom.zoomBy(1 / 2)
    else if (event.key === '0' || event.key === 'f') zoom.fit()
    else return
    setPointed(null)
    event.preventDefault()
  }

  const least = Math.min(0.5, tickPx / Math.max(1, trackPx))
  const ticks = timeTicks(scale, { mode, from, to, least })
  const drawn = rows.slice(shown.first, shown.last + 1)
  const told = pointed ?? (hasFocus && active >= shown.first ? active : null)
  const toldRow = told === null ? undefined : rows[told]
  return (
    <section className={styles.gantt} aria-label={label} onPointerLeave={() => setPointed(null)}>
      <div className={styles.tools}>
        <IconButton
          icon="zoomOut"
          label="Zoom out (−)"
          size="s"
          disabled={factor <= 1}
          onClick={() => zoom.zoomBy(1 / 2)}
        />
        <IconButton icon="zoomIn" label="Zoom in (+)" size="s" onClick={() => zoom.zoomBy(2)} />
        <IconButton
          icon="fit"
          label="All of the time (f)"
          size="s"
          disabled={factor <= 1}
          onClick={zoom.fit}
        />
      </div>
      <div
        ref={scroller}
        className={styles.scroller}
        role="listbox"
        tabIndex={0}
        aria-label={`${label}: ${rows.length} lines`}
        aria-activedescendant={active >= 0 ? `${id}-${active}` : undefined}
        onKeyDown={onKeyDown}
        onFocus={(event) => setHasFocus(event.currentTarget.matches(':focus-visible'))}
        onBlur={() => setHasFocus(false)}
      >
        <div
          role="presentation"
          className={styles.canvas}
          style={{ inlineSize: `${factor * 100}%` }}
        >
          <GanttAxis scale={scale} ticks={ticks} zoom={zoom} onGap={onGap} />
          <div
            role="presentation"
            className={styles.lines}
            style={{ paddingBlock: `${shown.beforePx}px ${shown.afterPx}px` }}
          >
            <GanttOverlay scale={scale} nowMs={nowMs} />
            {drawn.map((row, offset) => (
              <GanttLine
                key={row.id}
                id={`${id}-${shown.first + offset}`}
                row={row}
                scale={scale}
                position={shown.first + offset + 1}
                total={rows.length}
                isSelected={row.id === selected}
                onSelect={() => onSelect(row.id)}
                onPoint={() => setPointed(shown.first + offset)}
              />
            ))}
          </div>
        </div>
      </div>
      {toldRow !== undefined && told !== null && (
        <GanttTip
          row={toldRow}
          startMs={scale.startMs}
          mode={mode}
          topPx={headPx + (told + 1) * rowPx - topPx}
          roomPx={headPx + (shown.viewportPx ?? 0)}
        />
      )}
    </section>
  )
}

/** Wherever it was selected, it is seen here. */
function useFollow(active: number, shown: ReturnType<typeof useRowWindow>): void {
  const { scrollTo, viewportPx } = shown
  const isMeasured = viewportPx !== null
  const isFirst = useRef(true)
  useEffect(() => {
    if (!isMeasured || active < 0) return
    scrollTo({ index: active, align: isFirst.current ? 'center' : 'nearest' })
    isFirst.current = false
  }, [scrollTo, isMeasured, active])
}
