import type { Ref } from '../../../shared/contract/call.ts'
import type { Checkpoint } from '../../../shared/schema/run.ts'
import type { ResumePlan } from '../../../shared/core/resume/resumePlan.ts'
import { documentRoute, encodeRoute } from '../../state/route.ts'
import { Icon } from '../../ui/Icon.tsx'

export type ThreadPlanProps = {
  readonly plan: ResumePlan
  readonly reference: Ref
  readonly checkpoints: readonly Checkpoint[]
}

/** A thread of a graph: it is forked here, and its own program goes on with it. */
export function ThreadPlan({ plan, reference, checkpoints }: ThreadPlanProps) {
  if (plan.mode === 'same')
    return (
      <p>
        <a href={encodeRoute(documentRoute(reference, 'resume'))}>
          Show the command of its program…
        </a>
      </p>
    )
  const from = checkpoints.find(({ id }) => id === plan.from)
  return (
    <p>
      <Icon name="branch" size={14} /> The fork is a new thread with the state{' '}
      {from === undefined ? 'as it is now' : <>of the checkpoint “{from.name}”</>}. No node runs: it
      rests until the program of its graph goes on with it. Its thread id is the id of the new run.
    </p>
  )
}
