import type { NoticesStore } from '../../state/noticesStore.ts'

/**
 * A browser shows a dropped file instead of the page, and does not say where the file lies. In the desktop application the
 * drop is left to it: it opens what was dropped.
 */
export function refuseDrops(window: Window, notices: NoticesStore): void {
  if (window.unstuck) return
  window.addEventListener('dragover', (event) => {
    if (hasFiles(event)) event.preventDefault()
  })
  window.addEventListener('drop', (event) => {
    if (!hasFiles(event)) return
    event.preventDefault()
    const name = event.dataTransfer?.files[0]?.name ?? 'What was dropped'
    notices
      .getState()
      .notify(
        'info',
        `${name} was not opened: a browser does not say where a file lies. Open it with: unstuck serve --workspace PATH`,
      )
  })
}

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') === true
}
