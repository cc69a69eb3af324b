import { useState } from 'react'
import type { EditPlan } from '../../../shared/core/edit/editPlan.ts'
import type { StagedRun } from '../../state/editStore.ts'
import { DiffRows } from '../../ui/DiffRows.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { useShortcut } from '../../ui/useShortcut.ts'
import { StagedList } from './StagedList.tsx'
import styles from './EditPage.module.css'

export type EditPreviewProps = {
  readonly staged: StagedRun
  readonly plan: EditPlan
  readonly onTakeBack: (id: string) => void
}

/** The run before and after, and beside it each edit. */
export function EditPreview({ staged, plan, onTakeBack }: EditPreviewProps) {
  const [active, setActive] = useState(0)
  const step = (by: number) =>
    setActive(Math.min(plan.changes.length - 1, Math.max(0, active + by)))
  useShortcut('n', () => step(1))
  useShortcut('p', () => step(-1))
  return (
    <div className={styles.panes}>
      <section className={styles.changes} aria-label="Before and after">
        <h2 className={styles.caption}>
          Before and after · {plan.total.toLocaleString('en')}{' '}
          {plan.total === 1 ? 'change' : 'changes'}
          {plan.total > plan.changes.length && `, the first ${plan.changes.length}`}
        </h2>
        {plan.changes.length === 0 ? (
          <EmptyState icon="compare" title="Nothing would be different">
            What is staged is refused, or is so already.
          </EmptyState>
        ) : (
          <div className={styles.rows}>
            <DiffRows
              label="Changes"
              changes={plan.changes}
              layout="side"
              active={active}
              onActive={setActive}
            />
          </div>
        )}
      </section>
      <section className={styles.side} aria-label="Staged edits">
        <StagedList staged={staged} plan={plan} onTakeBack={onTakeBack} />
      </section>
    </div>
  )
}
