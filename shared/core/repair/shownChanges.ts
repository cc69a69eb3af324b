import { assertNever } from '../../assert.ts'
import type { Json } from '../../schema/json.ts'
import type { Change } from '../diff/change.ts'
import { diff } from '../diff/diff.ts'
import { isList, isRecord } from '../diff/jsonShape.ts'

/** A plan is one message: it shows this many changes, and values up to this length. */
const mostChanges = 200
const mostCharacters = 400

/** What a repair changes, for a person to read: values that are too long are described instead. */
export function shownChanges(before: Json, after: Json): Change[] {
  const { changes } = diff(before, after)
  const shown = changes.slice(0, mostChanges).map(shorten)
  const more = changes.length - shown.length
  if (more === 0) return shown
  return [...shown, { kind: 'changed', path: '', before: '…', after: `${more} more changes` }]
}

function shorten(change: Change): Change {
  switch (change.kind) {
    case 'added':
      return { ...change, after: describe(change.after) }
    case 'removed':
      return { ...change, before: describe(change.before) }
    case 'changed':
      return { ...change, before: describe(change.before), after: describe(change.after) }
    case 'moved':
      return change
    default:
      return assertNever(change)
  }
}

function describe(value: Json): Json {
  const text = JSON.stringify(value)
  if (text.length <= mostCharacters) return value
  if (isList(value)) return `(a list of ${value.length} items, ${text.length} characters)`
  if (isRecord(value))
    return `(an object with ${Object.keys(value).length} keys, ${text.length} characters)`
  return `(${text.length} characters) ${text.slice(1, 200)}…`
}
