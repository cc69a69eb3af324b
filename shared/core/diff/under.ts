import type { Change } from './change.ts'
import type { Outline, OutlineRow, Unchanged } from './outline.ts'
import { isAtOrBelow } from '../../schema/pointer.ts'

/** The changes at or below a pointer, on either side: what was moved away from there counts too. */
export function under(changes: readonly Change[], above: string): readonly Change[] {
  return changes.filter((change) => isUnder(change, above))
}

/** The same of an outline: what is unchanged below the pointer stays between the changes. */
export function outlineUnder({ rows, unchangedAfter }: Outline, above: string): Outline {
  if (above === '') return { rows, unchangedAfter }
  const kept: OutlineRow[] = []
  let unchanged: readonly Unchanged[] = []
  const inside = (runs: readonly Unchanged[]) => runs.filter(({ path }) => isAtOrBelow(path, above))
  for (const { change, unchangedBefore } of rows) {
    unchanged = [...unchanged, ...inside(unchangedBefore)]
    if (!isUnder(change, above)) continue
    kept.push({ change, unchangedBefore: unchanged })
    unchanged = []
  }
  return { rows: kept, unchangedAfter: [...unchanged, ...inside(unchangedAfter)] }
}

function isUnder(change: Change, above: string): boolean {
  return pathsOf(change).some((path) => isAtOrBelow(path, above))
}

function pathsOf(change: Change): readonly string[] {
  if (change.kind === 'moved') return [change.path, change.from]
  if (change.kind === 'changed' && change.to !== undefined) return [change.path, change.to]
  return [change.path]
}
