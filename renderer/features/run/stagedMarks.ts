import { assertNever } from '../../../shared/assert.ts'
import type { Edit } from '../../../shared/core/edit/edit.ts'
import { pointer, tokensOf } from '../../../shared/schema/pointer.ts'
import { placeOfEdit, type StagedEdit } from '../../state/editStore.ts'
import type { Mask } from '../../state/useMask.ts'

/** What is staged where in the tree, in a word or two by pointer. */
export function stagedMarks(edits: readonly StagedEdit[], mask: Mask): ReadonlyMap<string, string> {
  return new Map(edits.map(({ edit }) => [markedPlace(edit), markOf(edit, mask)]))
}

function markedPlace(edit: Edit): string {
  // What is added is not there yet: what it is added to says so.
  return edit.kind === 'add' ? pointer(...tokensOf(edit.path).slice(0, -1)) : placeOfEdit(edit)
}

function markOf(edit: Edit, mask: Mask): string {
  switch (edit.kind) {
    case 'set':
      return `→ ${shorten(mask.value(edit.path, edit.json))}`
    case 'add':
      return `+ ${tokensOf(edit.path).at(-1) ?? ''}`
    case 'remove':
      return 'to be removed'
    case 'rename':
      return `→ ${edit.name}`
    case 'succeed':
      return '→ succeeded'
    case 'fail':
      return '→ failed'
    case 'skip':
      return '→ skipped'
    case 'reset':
      return '→ pending'
    default:
      return assertNever(edit)
  }
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ')
  return line.length > 40 ? `${line.slice(0, 39)}…` : line
}
