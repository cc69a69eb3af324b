import type { GanttBar } from './Gantt.tsx'
import { formatDuration } from './formatDuration.ts'
import { statusLook } from './statusLooks.ts'
import type { TimeScale } from './timeScale.ts'
import styles from './GanttTrack.module.css'

export type GanttTrackProps = {
  readonly bars: readonly GanttBar[]
  readonly scale: TimeScale
  readonly showsDuration?: boolean
}

/** The bars of one line. A line without bars is dashed: it has not begun. */
export function GanttTrack({ bars, scale, showsDuration = false }: GanttTrackProps) {
  const last = bars.at(-1)
  const totalMs = bars.reduce((sum, bar) => sum + bar.endMs - bar.startMs, 0)
  const end = last ? scale.toShare(last.endMs) : 0
  return (
    <span className={styles.track} data-empty={bars.length === 0}>
      {scale.gaps.map((gap) => (
        <span
          key={gap.startMs}
          className={styles.gap}
          title={`Nothing happened for ${formatDuration(gap.endMs - gap.startMs)}`}
          style={placeOf(gap.startShare, gap.endShare)}
        />
      ))}
      {bars.map((bar) => (
        <span
          key={`${bar.startMs}-${bar.label}`}
          className={styles.bar}
          data-tone={statusLook(bar.status).tone}
          data-open={bar.isOpen}
          data-live={bar.status === 'running'}
          title={bar.label}
          style={placeOf(scale.toShare(bar.startMs), scale.toShare(bar.endMs))}
        />
      ))}
      {showsDuration && last && (
        <span
          className={styles.duration}
          style={{ insetInlineStart: `calc(${end * 100}% + ${last.isOpen ? 12 : 0}px)` }}
        >
          {last.isOpen ? 'no result' : formatDuration(totalMs)}
        </span>
      )}
    </span>
  )
}

function placeOf(start: number, end: number) {
  return { insetInlineStart: `${start * 100}%`, inlineSize: `${Math.max(0, end - start) * 100}%` }
}
