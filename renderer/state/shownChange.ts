import { assertNever } from '../../shared/assert.ts'
import type { Change } from '../../shared/core/diff/change.ts'
import type { ChangeRow } from '../../shared/contract/compare.ts'

/** A change with its values as JSON text. */
export function shownChange(change: Change): ChangeRow {
  const values = { before: null, after: null, from: null, truncated: false }
  switch (change.kind) {
    case 'added':
      return { ...values, kind: 'added', path: change.path, after: JSON.stringify(change.after) }
    case 'removed':
      return {
        ...values,
        kind: 'removed',
        path: change.path,
        before: JSON.stringify(change.before),
      }
    case 'changed':
      return {
        ...values,
        kind: 'changed',
        path: change.to ?? change.path,
        from: change.to === undefined ? null : change.path,
        before: JSON.stringify(change.before),
        after: JSON.stringify(change.after),
      }
    case 'moved':
      return { ...values, kind: 'moved', path: change.path, from: change.from }
    default:
      return assertNever(change)
  }
}
