import { useStore } from 'zustand'
import type { RunStore } from '../../state/runStore.ts'
import { Button } from '../../ui/Button.tsx'
import { useNow } from '../../ui/useNow.ts'
import { groupSteps } from './groupSteps.ts'
import { drawingOf, scaleOf } from './stepBars.ts'
import { StepGroupView } from './StepGroupView.tsx'
import styles from './StepList.module.css'

export type StepListProps = {
  readonly store: RunStore
  readonly selected: string | null
  readonly onSelect: (step: string) => void
}

/** Every step with its status, what it is at, its attempts, and when it ran. */
export function StepList({ store, selected, onSelect }: StepListProps) {
  const { detail, steps, readAll } = useStore(store)
  const isCarried = detail.kind === 'ready' && detail.value.liveness === 'alive'
  const now = useNow(isCarried ? 1000 : 0)
  if (detail.kind !== 'ready') return null
  const drawing = drawingOf(detail.value, now)
  const scale = scaleOf(steps, drawing)
  const groups = groupSteps(steps)
  const total = detail.value.run?.stepsTotal ?? steps.length
  return (
    <nav className={styles.list} aria-label="Steps">
      <h3 className={styles.title}>
        Steps <span className={styles.total}>{total}</span>
      </h3>
      <ol>
        {groups.map((group) => (
          <StepGroupView
            key={group.step.id}
            group={group}
            store={store}
            selected={selected}
            isCarried={isCarried}
            drawing={drawing}
            scale={scale}
            nowMs={isCarried ? now : null}
            onSelect={onSelect}
          />
        ))}
      </ol>
      {steps.length < total && (
        <Button variant="quiet" size="s" onClick={() => void readAll()}>
          {`Show all ${total} steps`}
        </Button>
      )}
    </nav>
  )
}
