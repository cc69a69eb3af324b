import { useStore } from 'zustand'
import type { RunStore } from '../../state/runStore.ts'
import { Button } from '../../ui/Button.tsx'
import { GanttTrack } from '../../ui/GanttTrack.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { statusLook } from '../../ui/statusLooks.ts'
import { useNow } from '../../ui/useNow.ts'
import { barsOf, drawingOf, scaleOf, stepStatus } from './stepBars.ts'
import styles from './StepList.module.css'

export type StepListProps = {
  readonly store: RunStore
  readonly selected: string | null
  readonly onSelect: (step: string) => void
}

/** Every step with its status, its attempts, and when it ran. */
export function StepList({ store, selected, onSelect }: StepListProps) {
  const { detail, steps, readAll } = useStore(store)
  const now = useNow(detail.kind === 'ready' && detail.value.liveness === 'alive' ? 1000 : 0)
  if (detail.kind !== 'ready') return null
  const drawing = drawingOf(detail.value, now)
  const scale = scaleOf(steps, drawing)
  const total = detail.value.run?.stepsTotal ?? steps.length
  return (
    <nav className={styles.list} aria-label="Steps">
      <h3 className={styles.title}>
        Steps <span className={styles.total}>{total}</span>
      </h3>
      <ol>
        {steps.map((step) => {
          const look = statusLook(stepStatus(step))
          return (
            <li key={step.id} className={styles.item}>
              <button
                type="button"
                className={styles.step}
                aria-current={step.id === selected || undefined}
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
                <span className={styles.track}>
                  <GanttTrack bars={barsOf(step, drawing)} scale={scale} />
                </span>
              </button>
            </li>
          )
        })}
      </ol>
      {steps.length < total && (
        <Button variant="quiet" size="s" onClick={() => void readAll()}>
          {`Show all ${total} steps`}
        </Button>
      )}
    </nav>
  )
}
