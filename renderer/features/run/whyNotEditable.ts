import type { RunDetail } from '../../../shared/contract/runs.ts'
import type { Workspace } from '../../../shared/contract/workspace.ts'
import { isNative } from '../../state/makeRef.ts'

/** Why nothing can be staged for a run, and what to do first; null: it can. */
export function whyNotEditable(detail: RunDetail, workspace: Workspace | null): string | null {
  const { ref, health, liveness, run, archive = null } = detail
  if (workspace?.writable !== true)
    return workspace?.readOnlyReason ?? 'The workspace is read-only.'
  if (detail.foreign) return whyNotForeign(detail)
  if (health === 'old-version') return 'It is of an old version. Migrate it first.'
  if (!isNative(ref)) return 'Only runs of Unstuck’s own format can be edited.'
  if (run === null || health !== 'ok') return 'It is damaged. Repair it first.'
  if (archive !== null) return 'It is in the archive. Bring it back first.'
  if (liveness === 'alive') return 'It is being carried right now. Pause it first.'
  return null
}

/** Of another engine's document values are edited as they stand in its text. */
function whyNotForeign({ foreign, health }: RunDetail): string | null {
  if (health === 'damaged') return 'It is damaged. Repair it first.'
  if (health === 'unreadable') return 'It cannot be read.'
  return foreign?.isOld === true ? 'It is of an old version. Migrate it first.' : null
}
