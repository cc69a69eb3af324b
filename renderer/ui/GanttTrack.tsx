import type { GanttBar, GanttWait } from './Gantt.tsx'
import { formatDuration } from './formatDuration.ts'
import { statusLook } from './statusLooks.ts'
import type { TimeScale } from './timeScale.ts'
import styles from './GanttTrack.module.css'

export type GanttTrackProps = {
  readonly bars: readonly GanttBar[]
  /** Left out: only the bars. */
  readonly waits?: readonly GanttWait[]
  readonly scale: TimeScale
  readonly showsDuration?: boolean
}

/** The bars of one line. A line without bars is dashed: it has not begun. */
export function GanttTrack({ bars, waits, scale, showsDuration = false }: GanttTrackProps) {
  const last = bars.at(-1)
  const totalMs = bars.reduce((sum, bar) => sum + bar.endMs - bar.startMs, 0)
  const end = last ? scale.toShare(last.endMs) : 0
  return (
    <span className={styles.track} data-empty={bars.length === 0 && (waits ?? []).length === 0}>
      {waits === undefined
        ? scale.gaps.map((gap) => (
            <span
              key={gap.startMs}
              className={styles.gap}
              title={`Nothing ran for ${formatDuration(gap.endMs - gap.startMs)}`}
              style={placeOf(gap.startShare, gap.endShare)}
            />
          ))
        : waits.map((wait) => (
            <span
              key={wait.startMs}
              className={styles.wait}
              style={placeOf(scale.toShare(wait.startMs), scale.toShare(wait.endMs), 3)}
            />
          ))}
      {bars.map((bar) => (
        <span
          key={`${bar.startMs}-${bar.label}`}
          className={styles.bar}
          data-tone={statusLook(bar.status).tone}
          data-open={bar.open !== null}
          data-live={bar.status === 'running'}
          title={waits === undefined ? bar.label : undefined}
          style={placeOf(
            scale.toShare(bar.startMs),
            scale.toShare(bar.endMs),
            bar.open === null ? 3 : 12,
          )}
        />
      ))}
      {showsDuration && last && (
        <span
          className={styles.duration}
          style={{
            insetInlineStart: `min(${end * 100}% + ${last.open === null ? 0 : 12}px, 100%)`,
          }}
        >
          {last.open ?? formatDuration(totalMs)}
        </span>
      )}
    </span>
  )
}

/** A bar at the very end keeps its least width within the track. */
function placeOf(start: number, end: number, leastPx = 0) {
  return {
    insetInlineStart: `min(${start * 100}%, 100% - ${leastPx}px)`,
    inlineSize: `${Math.max(0, end - start) * 100}%`,
  }
}
