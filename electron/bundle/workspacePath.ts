import { assertNever } from '../../shared/assert.ts'
import type { BundlePath } from '../../shared/core/bundle/bundlePath.ts'
import { backupFolder, headPath, journalPath, logFolder, stepsFolder } from '../store/layout.ts'

/** Where a file of a bundle lies in a workspace, relative to its root. */
export function workspacePath(place: BundlePath, day: string): string {
  const { run } = place
  switch (place.kind) {
    case 'head':
      return headPath(day, run)
    case 'journal':
      return journalPath(day, run)
    case 'log':
      return `${logFolder(run)}/${place.rest}`
    case 'step':
      return `${stepsFolder(run)}/${place.rest}`
    case 'backup':
      return `${backupFolder(run)}/${place.rest}`
    default:
      return assertNever(place)
  }
}
