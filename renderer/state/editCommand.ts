import type { Ref } from '../../shared/contract/call.ts'
import type { Edit } from '../../shared/core/edit/edit.ts'
import { assertNever } from '../../shared/assert.ts'
import { option, shellLine, subjectOf, withOptions } from './shellLine.ts'

type Named = Pick<Ref, 'document' | 'item'>

/** The command line that makes these edits in each of the runs; null where options cannot say them. */
export function editCommand(
  of: readonly Named[],
  edits: readonly Edit[],
  reason: string,
): string | null {
  const resets = edits.flatMap((edit) => (edit.kind === 'reset' ? [edit.dependents] : []))
  if (!isInOrder(edits) || new Set(resets).size > 1 || of.length > mostSubjects) return null
  const words = edits.map(wordsOf)
  if (words.some((said) => said === null)) return null
  const options = [
    ...words.flatMap((said) => said ?? []),
    ...(resets.includes(false) ? ['--keep-dependents'] : []),
    ...reasoned(reason),
  ]
  return shellLine(['unstuck', 'edit', ...withOptions(of.map(subjectOf), options)])
}

/** A line of more is read by nobody. */
const mostSubjects = 50

/** In this order they are made, however the options stand: another order may be another edit. */
const order = ['set', 'add', 'rename', 'remove', 'succeed', 'fail', 'skip', 'reset'] as const

function isInOrder(edits: readonly Edit[]): boolean {
  const places = edits.map(({ kind }) => order.indexOf(kind))
  return places.every((place, index) => place >= (places[index - 1] ?? 0))
}

function wordsOf(edit: Edit): readonly string[] | null {
  switch (edit.kind) {
    case 'set':
    case 'add':
      return pair(edit.kind, edit.path, edit.json)
    case 'rename':
      return pair(edit.kind, edit.path, edit.name)
    case 'remove':
      return option(edit.kind, edit.path)
    case 'succeed':
      return pair(edit.kind, edit.step, edit.json)
    case 'fail':
      return pair(edit.kind, edit.step, edit.message)
    case 'skip':
    case 'reset':
      return option(edit.kind, edit.step)
    default:
      return assertNever(edit)
  }
}

/** What is left of the first `=` is the place. */
function pair(kind: Edit['kind'], place: string, value: string): readonly string[] | null {
  return place.includes('=') ? null : option(kind, `${place}=${value}`)
}

/** Without a reason it only shows what would be done. */
function reasoned(reason: string): readonly string[] {
  return reason.trim() === '' ? [] : [...option('reason', reason.trim()), '--apply']
}
