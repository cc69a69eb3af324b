import type { EditPlan } from '../../../shared/core/edit/editPlan.ts'
import type { StagedRun } from '../../state/editStore.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { masked, useMask } from '../../state/useMask.ts'
import { ChangesPane } from '../../ui/ChangesPane.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { PlanPanes } from '../../ui/PlanPanes.tsx'
import { StagedList } from './StagedList.tsx'

export type EditConflictProps = {
  readonly staged: StagedRun
  readonly plan: EditPlan
  readonly onTakeBack: (id: string) => void
  readonly onRebase: () => void
}

/** The run changed since the edits were staged: what came, and which of them are still about what they were about. */
export function EditConflict({ staged, plan, onTakeBack, onRebase }: EditConflictProps) {
  const mask = useMask()
  const { meanwhile, rows } = plan
  const conflicts = rows.filter(({ conflict }) => conflict !== null).length
  if (meanwhile === null) return null
  return (
    <>
      <Banner
        tone="warn"
        icon="alert"
        actions={
          <Button size="s" icon="refresh" onClick={onRebase}>
            {conflicts === 0
              ? 'Put them on the run as it is'
              : 'Edit the run as it is all the same'}
          </Button>
        }
      >
        The run changed since you staged these edits: {meanwhile.records}{' '}
        {meanwhile.records === 1 ? 'record' : 'records'} came. {verdict(conflicts, rows.length)}
      </Banner>
      <PlanPanes
        label="Staged edits"
        changes={
          <ChangesPane
            label="What changed meanwhile"
            caption={`What changed meanwhile · ${meanwhile.total.toLocaleString('en')}`}
            changes={meanwhile.changes?.map(masked(mask)) ?? null}
            nothing={
              <EmptyState icon="broken" title="It cannot be told any more">
                The records that would tell what changed are not there. Compare the run with one of
                its checkpoints before you go on.
              </EmptyState>
            }
          />
        }
      >
        <StagedList staged={staged} plan={plan} onTakeBack={onTakeBack} />
      </PlanPanes>
    </>
  )
}

function verdict(conflicts: number, count: number): string {
  if (conflicts === 0) return 'What they are about is as it was: they still apply.'
  if (count === 1) return 'The edit is about something that changed.'
  const which = conflicts === count ? 'All' : String(conflicts)
  return `${which} of them ${conflicts === 1 ? 'is' : 'are'} about something that changed.`
}
