import type { EditPlan } from '../../../shared/core/edit/editPlan.ts'
import type { StagedRun } from '../../state/editStore.ts'
import { masked, useMask } from '../../state/useMask.ts'
import { ChangeBrowser } from '../../ui/ChangeBrowser.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { StagedList } from './StagedList.tsx'
import styles from './EditPage.module.css'

export type EditPreviewProps = {
  readonly staged: StagedRun
  readonly plan: EditPlan
  readonly onTakeBack: (id: string) => void
}

/** The run before and after, and beside it each edit. */
export function EditPreview({ staged, plan, onTakeBack }: EditPreviewProps) {
  const mask = useMask()
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
            <ChangeBrowser changes={plan.changes.map(masked(mask))} layout="side" />
          </div>
        )}
      </section>
      <section className={styles.side} aria-label="Staged edits">
        <StagedList staged={staged} plan={plan} onTakeBack={onTakeBack} />
      </section>
    </div>
  )
}
