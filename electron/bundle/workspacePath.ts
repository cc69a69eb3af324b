import { assertNever } from '../../shared/assert.ts'
import type { BundlePath } from '../../shared/core/bundle/bundlePath.ts'
import { backupFolder, headPath, journalPath, logFolder, stepsFolder } from '../store/layout.ts'

/** Where a file of a bundle lies in a workspace, relative to its root. */
export function workspacePath(place: BundlePath, day: string): string {
  switch (place.kind) {
    case 'head':
      return headPath(day, place.run)
    case 'journal':
      return journalPath(day, place.run)
    case 'log':
      return `${logFolder(place.run)}/${place.rest}`
    case 'step':
      return `${stepsFolder(place.run)}/${place.rest}`
    case 'backup':
      return `${backupFolder(place.run)}/${place.rest}`
    case 'document':
      return place.path
    default:
      return assertNever(place)
  }
}
