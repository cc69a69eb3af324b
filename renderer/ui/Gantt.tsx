import { useState } from 'react'
import { formatDuration } from './formatDuration.ts'
import { GanttTrack } from './GanttTrack.tsx'
import { Icon } from './Icon.tsx'
import { IconButton } from './IconButton.tsx'
import { statusLook } from './statusLooks.ts'
import type { TimeScale } from './timeScale.ts'
import styles from './Gantt.module.css'

export type GanttBar = {
  readonly startMs: number
  readonly endMs: number
  readonly status: string
  /** Tooltip. */
  readonly label: string
  /** It was begun and nobody knows how it ended. */
  readonly isOpen: boolean
}

export type GanttRow = {
  readonly id: string
  readonly label: string
  readonly status: string
  /** Said under the label, such as "waits for approval". */
  readonly note: string | null
  /** Empty: it has not begun. */
  readonly bars: readonly GanttBar[]
}

export type GanttProps = {
  readonly label: string
  readonly rows: readonly GanttRow[]
  readonly scale: TimeScale
  readonly selected: string | null
  readonly onSelect: (id: string) => void
}

const zooms = [1, 2, 4, 8, 16] as const

/** What happened when: a line a step, a bar an attempt. The whole line can be pressed. */
export function Gantt({ label, rows, scale, selected, onSelect }: GanttProps) {
  const [zoom, setZoom] = useState(0)
  const ticks = ticksOf(scale, zooms[zoom] ?? 1)
  return (
    <section className={styles.gantt} aria-label={label}>
      <div className={styles.tools}>
        <IconButton
          icon="zoomOut"
          label="Zoom out"
          size="s"
          disabled={zoom === 0}
          onClick={() => setZoom(zoom - 1)}
        />
        <IconButton
          icon="zoomIn"
          label="Zoom in"
          size="s"
          disabled={zoom === zooms.length - 1}
          onClick={() => setZoom(zoom + 1)}
        />
      </div>
      {/* A scrolling region must be reachable by keyboard: its rows are buttons. */}
      <div className={styles.scroller}>
        <div className={styles.canvas} style={{ inlineSize: `${(zooms[zoom] ?? 1) * 100}%` }}>
          <div className={styles.axis} aria-hidden="true">
            <span className={styles.corner} />
            <div className={styles.ticks}>
              {ticks.map((tick) => (
                <span
                  key={tick.share}
                  className={styles.tick}
                  style={{ insetInlineStart: `${tick.share * 100}%` }}
                >
                  {tick.text}
                </span>
              ))}
            </div>
          </div>
          <ul>
            {rows.map((row) => (
              <li key={row.id}>
                <button
                  type="button"
                  className={styles.row}
                  aria-current={row.id === selected || undefined}
                  onClick={() => onSelect(row.id)}
                >
                  <span className={styles.name} data-tone={statusLook(row.status).tone}>
                    <Icon
                      name={statusLook(row.status).icon}
                      size={14}
                      spin={statusLook(row.status).spin ?? false}
                    />
                    <span className={styles.label}>{row.label}</span>
                    <span className={styles.word}>{row.note ?? statusLook(row.status).word}</span>
                  </span>
                  <GanttTrack bars={row.bars} scale={scale} showsDuration />
                </button>
              </li>
            ))}
          </ul>
        </div>
      </div>
    </section>
  )
}

type Tick = { readonly share: number; readonly text: string }

function ticksOf(scale: TimeScale, zoom: number): readonly Tick[] {
  const count = 4 * zoom
  const shares = Array.from({ length: count }, (_, index) => index / count)
  const isIdle = (share: number) =>
    scale.gaps.some((gap) => share > gap.startShare - 0.02 / zoom && share < gap.endShare)
  return shares
    .filter((share) => !isIdle(share))
    .map((share) => ({
      share,
      text: share === 0 ? '0' : `+${formatDuration(scale.toMs(share) - scale.startMs)}`,
    }))
}
