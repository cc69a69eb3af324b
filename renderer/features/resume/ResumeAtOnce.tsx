import type { ResumePlan } from '../../../shared/core/resume/resumePlan.ts'
import { masked, useMask } from '../../state/useMask.ts'
import { ChangesPane } from '../../ui/ChangesPane.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'

export type ResumeAtOnceProps = { readonly plan: ResumePlan }

/** The state of the run before and after what a resume writes, before its first step runs. */
export function ResumeAtOnce({ plan }: ResumeAtOnceProps) {
  const mask = useMask()
  const { atOnce, mode } = plan
  if (atOnce === null)
    return (
      <EmptyState icon="compare" title="Nothing would go on">
        So nothing is written to the run. The plan says why.
      </EmptyState>
    )
  const { changes, total } = atOnce
  const first =
    total > changes.length ? ` · the first ${changes.length} of ${total.toLocaleString('en')}` : ''
  return (
    <ChangesPane
      label="Before and after"
      caption={captions[mode] + first}
      changes={changes.map(masked(mask))}
      nothing={
        <EmptyState icon="compare" title="Nothing would be different">
          The steps go on from the state as it is.
        </EmptyState>
      }
    />
  )
}

const captions = {
  same: 'Written to the run before its first step runs',
  fork: 'How the fork begins, beside the state that it goes on from',
} as const satisfies Record<ResumePlan['mode'], string>
