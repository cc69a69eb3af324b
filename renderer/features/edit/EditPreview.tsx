import type { EditPlan } from '../../../shared/core/edit/editPlan.ts'
import type { StagedRun } from '../../state/editStore.ts'
import { masked, useMask } from '../../state/useMask.ts'
import { ChangesPane } from '../../ui/ChangesPane.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { PlanPanes } from '../../ui/PlanPanes.tsx'
import { StagedList } from './StagedList.tsx'

export type EditPreviewProps = {
  readonly staged: StagedRun
  readonly plan: EditPlan
  readonly onTakeBack: (id: string) => void
}

/** The run before and after, and beside it each edit. */
export function EditPreview({ staged, plan, onTakeBack }: EditPreviewProps) {
  const mask = useMask()
  return (
    <PlanPanes
      label="Staged edits"
      changes={
        <ChangesPane
          label="Before and after"
          caption={
            <>
              Before and after · {plan.total.toLocaleString('en')}{' '}
              {plan.total === 1 ? 'change' : 'changes'}
              {plan.total > plan.changes.length && `, the first ${plan.changes.length}`}
            </>
          }
          changes={plan.changes.map(masked(mask))}
          nothing={
            <EmptyState icon="compare" title="Nothing would be different">
              What is staged is refused, or is so already.
            </EmptyState>
          }
        />
      }
    >
      <StagedList staged={staged} plan={plan} onTakeBack={onTakeBack} />
    </PlanPanes>
  )
}
