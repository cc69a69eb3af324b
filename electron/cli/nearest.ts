/** The name that is most like the one given, when it is like enough to be meant; else null. */
export function nearest(given: string, names: readonly string[]): string | null {
  const ranked = names
    .map((name) => ({ name, distance: editDistance(given, name) }))
    .toSorted((a, b) => a.distance - b.distance)
  const best = ranked[0]
  if (!best) return null
  return best.distance <= Math.max(1, Math.floor(given.length / 3)) ? best.name : null
}

/** Letters to insert, remove or replace; two neighbours that changed places count once. */
function editDistance(from: string, to: string): number {
  let before: readonly number[] = []
  let row: readonly number[] = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (let index = 0; index < from.length; index += 1) {
    const next = [index + 1]
    for (let column = 0; column < to.length; column += 1) {
      const replaced = at(row, column) + (from[index] === to[column] ? 0 : 1)
      const swapped = isSwap([from, index], [to, column]) ? at(before, column - 1) + 1 : Infinity
      next.push(Math.min(replaced, swapped, at(row, column + 1) + 1, at(next, column) + 1))
    }
    before = row
    row = next
  }
  return at(row, to.length)
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Infinity
}

type Letter = readonly [text: string, index: number]

function isSwap([from, index]: Letter, [to, column]: Letter): boolean {
  if (index === 0 || column === 0) return false
  return from[index] === to[column - 1] && from[index - 1] === to[column]
}
