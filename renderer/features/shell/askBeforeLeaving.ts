import { hasStaged, type EditStore } from '../../state/editStore.ts'

/** Closing or reloading the window asks while edits are staged: they would be gone. */
export function askBeforeLeaving(
  window: Pick<Window, 'addEventListener'>,
  edits: Pick<EditStore, 'getState'>,
): void {
  window.addEventListener('beforeunload', (event) => {
    if (hasStaged(edits.getState())) event.preventDefault()
  })
}
