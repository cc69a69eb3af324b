import { showUnseen } from '../../../shared/unseen.ts'
import type { Stores } from '../../state/createStores.ts'
import { windowTitle } from './windowTitle.ts'

/** Names the window after what it shows, now and whenever that changes. */
export function applyTitle(
  document: Pick<Document, 'title'>,
  { connection, navigation, workspace }: Pick<Stores, 'connection' | 'navigation' | 'workspace'>,
): void {
  const apply = (): void => {
    const opened = workspace.getState().workspace
    const name = opened.kind === 'ready' ? opened.value.name : null
    const { facts } = connection.getState()
    const place = name !== null && facts?.isRemote === true ? `${name} on ${facts.hostName}` : name
    document.title = showUnseen(windowTitle(navigation.getState().route, place))
  }
  apply()
  navigation.subscribe(apply)
  workspace.subscribe(apply)
  connection.subscribe(apply)
}
