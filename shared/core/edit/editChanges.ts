import type { Json } from '../../schema/json.ts'
import type { Change } from '../diff/change.ts'
import type { EditChange } from './editPlan.ts'

/** A plan is one message: it shows this many changes, and of all their values together this many characters. */
const mostChanges = 200
const mostCharacters = 300_000
const mostOfOne = 8192

export function editChanges(changes: readonly Change[]): EditChange[] {
  const shown = changes.slice(0, mostChanges)
  const characters = Math.min(
    mostOfOne,
    Math.floor(mostCharacters / (2 * Math.max(1, shown.length))),
  )
  return shown.map((change) => {
    const before = 'before' in change ? cut(change.before, characters) : null
    const after = 'after' in change ? cut(change.after, characters) : null
    return {
      kind: change.kind,
      path: change.path,
      from: change.kind === 'moved' ? change.from : null,
      before: before?.text ?? null,
      after: after?.text ?? null,
      truncated: (before?.isCut ?? false) || (after?.isCut ?? false),
    }
  })
}

function cut(value: Json, characters: number): { readonly text: string; readonly isCut: boolean } {
  const text = JSON.stringify(value, null, 2)
  return { text: text.slice(0, characters), isCut: text.length > characters }
}

/** A value as one line of JSON, for a row: at most 200 characters. */
export function inLine(value: Json | undefined): string | null {
  if (value === undefined) return null
  const text = JSON.stringify(value)
  return text.length > 200 ? `${text.slice(0, 199)}…` : text
}
