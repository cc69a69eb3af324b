import type { Change } from './change.ts'
import { isAtOrBelow } from '../../schema/pointer.ts'

/** The changes at or below a pointer, on either side: what was moved away from there counts too. */
export function under(changes: readonly Change[], above: string): readonly Change[] {
  return changes.filter((change) => pathsOf(change).some((path) => isAtOrBelow(path, above)))
}

function pathsOf(change: Change): readonly string[] {
  if (change.kind === 'moved') return [change.path, change.from]
  if (change.kind === 'changed' && change.to !== undefined) return [change.path, change.to]
  return [change.path]
}
