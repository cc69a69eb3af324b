import { hasStaged } from '../../state/editStore.ts'
import type { Stores } from '../../state/createStores.ts'

/** Closing or reloading the window asks while edits or settings are staged: they would be gone. */
export function askBeforeLeaving(
  window: Pick<Window, 'addEventListener'>,
  { edits, settings }: Pick<Stores, 'edits' | 'settings'>,
): void {
  window.addEventListener('beforeunload', (event) => {
    if (hasStaged(edits.getState()) || settings.getState().staged.size > 0) event.preventDefault()
  })
}
