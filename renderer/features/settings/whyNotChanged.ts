import type { Workspace } from '../../../shared/contract/workspace.ts'
import type { Remote } from '../../state/remote.ts'
import type { SettingsView } from '../../state/settingsStore.ts'

/** Why no setting can be changed here; null: they can be. */
export function whyNotChanged(workspace: Workspace, view: Remote<SettingsView>): string | null {
  if (!workspace.writable)
    return `Read-only: ${workspace.readOnlyReason ?? 'nothing can be changed here.'}`
  if (view.kind !== 'ready') return null
  if (view.value.isOld)
    return 'unstuck.json is of an older version: it holds as it is. Bring it to this version to change it here.'
  const isText = view.value.findings.some(({ pointer }) => pointer === '')
  return isText
    ? 'The text of unstuck.json cannot be read as settings: mend it in an editor, or put back the last good text.'
    : null
}
