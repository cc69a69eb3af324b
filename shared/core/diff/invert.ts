import { assertNever } from '../../assert.ts'
import type { Change } from './change.ts'

/** The changes that lead back: `applyDiff(after, invert(diff(before, after).changes))` is `before`. */
export function invert(changes: readonly Change[]): readonly Change[] {
  return changes.map(invertChange)
}

function invertChange(change: Change): Change {
  switch (change.kind) {
    case 'added':
      return { kind: 'removed', path: change.path, before: change.after }
    case 'removed':
      return { kind: 'added', path: change.path, after: change.before }
    case 'moved':
      return { kind: 'moved', path: change.from, from: change.path }
    case 'changed': {
      const to = change.to === undefined ? {} : { to: change.path }
      const path = change.to ?? change.path
      return { kind: 'changed', path, ...to, before: change.after, after: change.before }
    }
    default:
      return assertNever(change)
  }
}
