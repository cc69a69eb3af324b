import type { GanttRow } from './Gantt.tsx'
import { GanttTrack } from './GanttTrack.tsx'
import { Icon } from './Icon.tsx'
import { statusLook } from './statusLooks.ts'
import type { TimeScale } from './timeScale.ts'
import styles from './Gantt.module.css'

export type GanttLineProps = {
  readonly id: string
  readonly row: GanttRow
  readonly scale: TimeScale
  readonly position: number
  readonly total: number
  readonly isSelected: boolean
  readonly onSelect: () => void
  readonly onPoint: () => void
}

export function GanttLine(props: GanttLineProps) {
  const { id, row, scale, position, total, isSelected, onSelect, onPoint } = props
  const look = statusLook(row.status)
  return (
    // Keys are handled by the list, whose active option this is.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      id={id}
      role="option"
      className={styles.row}
      aria-selected={isSelected}
      aria-posinset={position}
      aria-setsize={total}
      onClick={onSelect}
      onPointerEnter={onPoint}
    >
      <span className={styles.name} data-tone={look.tone} data-part={row.isPart || undefined}>
        <Icon name={look.icon} size={14} spin={look.spin ?? false} />
        <span className={styles.label} title={row.title ?? undefined}>
          {row.label}
        </span>
        {row.attempts > 1 && <span className={styles.attempts}>×{row.attempts}</span>}
        <span className={styles.word}>{look.word}</span>
      </span>
      <GanttTrack bars={row.bars} waits={row.waits} scale={scale} showsDuration />
    </div>
  )
}
