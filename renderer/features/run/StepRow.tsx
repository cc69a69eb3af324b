import type { ReactNode } from 'react'
import type { StepView } from '../../../shared/contract/runs.ts'
import { GanttTrack } from '../../ui/GanttTrack.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { statusLook } from '../../ui/statusLooks.ts'
import type { TimeScale } from '../../ui/timeScale.ts'
import { barsOf, stepStatus, type Drawing } from './stepBars.ts'
import { stepProgress } from './stepProgress.ts'
import styles from './StepList.module.css'

export type StepRowProps = {
  readonly step: StepView
  readonly drawing: Drawing
  readonly scale: TimeScale
  /** Null where nobody carries the run: nothing of it goes on then. */
  readonly nowMs: number | null
  readonly isSelected: boolean
  /** The run is at this step. */
  readonly isCurrent: boolean
  readonly onSelect: (step: string) => void
  /** Stands beside the name, outside of what selects the step. */
  readonly actions?: ReactNode
}

export function StepRow(props: StepRowProps) {
  const { step, drawing, scale, nowMs, isSelected, isCurrent, onSelect, actions } = props
  const look = statusLook(stepStatus(step))
  const progress = stepProgress(step, nowMs)
  return (
    <div className={styles.row}>
      <button
        type="button"
        className={styles.step}
        aria-current={isSelected || undefined}
        data-current={isCurrent || undefined}
        title={isCurrent ? 'The run is at this step' : undefined}
        onClick={() => onSelect(step.id)}
      >
        <span className={styles.line} data-tone={look.tone}>
          <Icon name={look.icon} size={14} spin={look.spin ?? false} />
          <span className={styles.name} title={step.title ?? undefined}>
            {step.id}
          </span>
          {step.attempts.length > 1 && (
            <span className={styles.attempts}>×{step.attempts.length}</span>
          )}
          <span className={styles.word}>{look.word}</span>
        </span>
        {step.item !== undefined && (
          <span className={styles.item} title={step.item}>
            {step.item}
          </span>
        )}
        {progress !== null && <span className={styles.progress}>{progress}</span>}
        <span className={styles.track}>
          <GanttTrack bars={barsOf(step, drawing)} scale={scale} />
        </span>
      </button>
      {actions}
    </div>
  )
}
