import { useId } from 'react'
import type { TimeScale } from './timeScale.ts'
import styles from './Gantt.module.css'

export type GanttOverlayProps = { readonly scale: TimeScale; readonly nowMs: number | null }

/** What runs through all lines: pauses drawn short, with zigzag edges, and the present. */
export function GanttOverlay({ scale, nowMs }: GanttOverlayProps) {
  const id = useId()
  return (
    <div role="presentation" className={styles.overlay} aria-hidden="true">
      <svg className={styles.zigzag}>
        <pattern id={id} width="6" height="10" patternUnits="userSpaceOnUse">
          <path d="M1 0 5 5 1 10" />
        </pattern>
      </svg>
      {scale.gaps.map((gap) => (
        <div
          key={gap.startMs}
          className={styles.pause}
          style={{
            insetInlineStart: `${gap.startShare * 100}%`,
            inlineSize: `${(gap.endShare - gap.startShare) * 100}%`,
          }}
        >
          {['start', 'end'].map((side) => (
            <svg key={side} className={styles.zigzag} data-side={side}>
              <rect width="6" height="100%" fill={`url(#${id})`} />
            </svg>
          ))}
        </div>
      ))}
      {nowMs !== null && (
        <div
          className={styles.now}
          style={{ insetInlineStart: `${scale.toShare(nowMs) * 100}%` }}
        />
      )}
    </div>
  )
}
