import { showUnseen } from '../../../shared/unseen.ts'
import type { Stores } from '../../state/createStores.ts'
import { windowTitle } from './windowTitle.ts'

/** Names the window after what it shows, now and whenever that changes. */
export function applyTitle(
  document: Pick<Document, 'title'>,
  { navigation, workspace }: Pick<Stores, 'navigation' | 'workspace'>,
): void {
  const apply = (): void => {
    const opened = workspace.getState().workspace
    const name = opened.kind === 'ready' ? opened.value.name : null
    document.title = showUnseen(windowTitle(navigation.getState().route, name))
  }
  apply()
  navigation.subscribe(apply)
  workspace.subscribe(apply)
}
