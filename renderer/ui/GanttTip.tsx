import { formatDuration } from './formatDuration.ts'
import { formatTime, type TimeMode } from './formatTime.ts'
import type { GanttRow } from './Gantt.tsx'
import { StatusWord } from './StatusWord.tsx'
import styles from './GanttTip.module.css'

export type GanttTipProps = {
  readonly row: GanttRow
  readonly startMs: number
  readonly mode: TimeMode
  /** Where the line ends, from the top. */
  readonly topPx: number
  readonly roomPx: number
}

const mostShown = 6
const linePx = 20
const rowPx = 32

/** When each attempt of a line began and ended, and what was waited through between them. */
export function GanttTip({ row, startMs, mode, topPx, roomPx }: GanttTipProps) {
  const parts = [
    ...row.bars.map(({ startMs: from, endMs, status, open }, index) => ({
      from,
      endMs: open === null ? endMs : null,
      status,
      text: row.bars.length > 1 ? `Attempt ${index + 1}` : 'Ran',
      length: open ?? formatDuration(endMs - from),
    })),
    ...row.waits.map(({ startMs: from, endMs, label }) => ({
      from,
      endMs,
      status: 'waiting',
      text: label,
      length: formatDuration(endMs - from),
    })),
  ].toSorted((a, b) => a.from - b.from)
  if (parts.length === 0) return null
  const shown = parts.slice(-mostShown)
  const time = (ms: number) =>
    mode === 'relative'
      ? `+${formatDuration(ms - startMs)}`
      : formatTime(new Date(ms).toISOString(), mode, 0)
  const heightPx = (shown.length + 1) * linePx + 20
  const isAbove = topPx + heightPx > roomPx
  return (
    <div
      role="tooltip"
      className={styles.tip}
      style={{ insetBlockStart: isAbove ? topPx - rowPx - heightPx : topPx }}
    >
      <strong>{row.label}</strong>
      {parts.length > shown.length && ` · the last ${shown.length} of ${parts.length}`}
      <ol>
        {shown.map((part) => (
          <li key={`${part.from} ${part.text}`} className={styles.part}>
            <StatusWord status={part.status} size="s" word={part.text} />
            <span>
              {time(part.from)}
              {part.endMs !== null && ` → ${time(part.endMs)}`}
            </span>
            <span className={styles.length}>{part.length}</span>
          </li>
        ))}
      </ol>
    </div>
  )
}
