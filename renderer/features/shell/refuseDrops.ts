import { bundleEnding } from '../../../shared/core/bundle/manifest.ts'
import { hasFiles } from '../../state/hasFiles.ts'
import type { Stores } from '../../state/createStores.ts'

/**
 * A browser shows a dropped file instead of the page, and does not say where the file lies. In the desktop application the
 * drop is left to it: it opens what was dropped. A bundle is read by the page itself, to be imported.
 */
export function refuseDrops(
  window: Window,
  { notices, bundleImport }: Pick<Stores, 'notices' | 'bundleImport'>,
): void {
  if (window.unstuck) return
  window.addEventListener('dragover', (event) => {
    if (hasFiles(event)) event.preventDefault()
  })
  window.addEventListener('drop', (event) => {
    if (!hasFiles(event)) return
    event.preventDefault()
    const file = event.dataTransfer.files[0]
    if (file?.name.endsWith(bundleEnding)) {
      void bundleImport.getState().pick(file)
      return
    }
    const name = file?.name ?? 'What was dropped'
    notices
      .getState()
      .notify(
        'info',
        `${name} was not opened: a browser does not say where a file lies. Open it with: unstuck serve --workspace PATH`,
      )
  })
}
