import { useEffect } from 'react'
import type { ScheduledCleanup } from '../../../shared/contract/cleanup.ts'
import { useStores } from '../../state/StoresProvider.tsx'
import { useNotify } from '../../state/useNotify.ts'
import type { WorkspaceState } from '../../state/workspaceStore.ts'

/** [X39] Says it when a clean-up by schedule ends while the window is open. Draws nothing itself. */
export function ScheduleNotice() {
  const { workspace } = useStores()
  const notify = useNotify()
  useEffect(() => {
    let seen = endOf(workspace.getState())
    return workspace.subscribe((state) => {
      const [before, now] = [seen, endOf(state)]
      seen = now
      // What was there when the window was opened is told on the page alone.
      if (before === undefined || now === null || now === before) return
      const last = lastOf(state)
      if (last !== null)
        notify(
          last.left + (last.problem === null ? 0 : 1) > 0 ? 'warning' : 'info',
          sentenceOf(last),
        )
    })
  }, [workspace, notify])
  return null
}

/** Undefined: the workspace is not known yet. Null: none has ended. */
function endOf(state: WorkspaceState): string | null | undefined {
  return state.workspace.kind === 'ready' ? (lastOf(state)?.endedAt ?? null) : undefined
}

function lastOf({ workspace }: WorkspaceState): ScheduledCleanup | null {
  return workspace.kind === 'ready' ? (workspace.value.lastCleanup ?? null) : null
}

function sentenceOf({ done, left, problem }: ScheduledCleanup): string {
  const rest = left > 0 ? `, ${left.toLocaleString('en')} left` : ''
  const why = problem === null ? '' : ` ${problem}`
  return `Cleaned up by schedule: ${done.toLocaleString('en')} done${rest}.${why} See Clean up.`
}
