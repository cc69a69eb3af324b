import { assertNever } from '../../assert.ts'
import type { Edit } from './edit.ts'

/** What an edit does, in words. */
export function editSentence(edit: Edit): string {
  switch (edit.kind) {
    case 'set':
      return `Set ${edit.path}`
    case 'add':
      return `Add ${edit.path}`
    case 'remove':
      return `Remove ${edit.path}`
    case 'rename':
      return `Rename ${edit.path} to ${edit.name}`
    case 'succeed':
      return `Mark ${edit.step} succeeded`
    case 'fail':
      return `Mark ${edit.step} failed`
    case 'skip':
      return `Skip ${edit.step}`
    case 'reset':
      return `Reset ${edit.step}`
    default:
      return assertNever(edit)
  }
}
