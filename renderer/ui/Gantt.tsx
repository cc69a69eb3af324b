import { useState } from 'react'
import { formatCoarse, formatDuration } from './formatDuration.ts'
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
  /** It was begun and nobody knows when it ended: what is said instead of a duration. */
  readonly open: 'no result' | 'decided' | null
}

export type GanttRow = {
  readonly id: string
  readonly label: string
  /** Tooltip of the label. */
  readonly title: string | null
  readonly status: string
  /** Said under the label, such as "waits for approval". */
  readonly note: string | null
  /** It is a part of the last row before it that is none. */
  readonly isPart: boolean
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
              {scale.gaps.map((gap) => (
                <span
                  key={gap.startMs}
                  className={styles.pause}
                  style={{ insetInlineStart: `${50 * (gap.startShare + gap.endShare)}%` }}
                >
                  {formatCoarse(gap.endMs - gap.startMs)}
                </span>
              ))}
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
                  <span
                    className={styles.name}
                    data-tone={statusLook(row.status).tone}
                    data-part={row.isPart || undefined}
                  >
                    <Icon
                      name={statusLook(row.status).icon}
                      size={14}
                      spin={statusLook(row.status).spin ?? false}
                    />
                    <span className={styles.label} title={row.title ?? undefined}>
                      {row.label}
                    </span>
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
    scale.gaps.some(
      (gap) => share > gap.startShare - 0.25 / zoom && share < gap.endShare + 0.06 / zoom,
    )
  const ticks = shares
    .filter((share) => share === 0 || !isIdle(share))
    .map((share) => ({
      share,
      text: share === 0 ? '0' : `+${formatDuration(scale.toMs(share) - scale.startMs)}`,
    }))
  // Behind a long pause two ticks may be the same to the second.
  return ticks.filter((tick, index) => tick.text !== ticks[index - 1]?.text)
}
