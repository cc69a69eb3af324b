/**
 * The candidate that is closest to what was written, when it is close enough to have been meant; the first of equals. What is
 * longer than a name is none, and of very many candidates the first are looked at: this stands in the way of an error.
 */
export function nearest(written: string, candidates: readonly string[]): string | null {
  if (written.length > longestName) return null
  const limit = Math.max(1, Math.floor(written.length / 3))
  let best: { readonly name: string; readonly distance: number } | null = null
  for (const name of candidates.slice(0, mostCandidates)) {
    if (Math.abs(name.length - written.length) > limit) continue
    const distance = editDistance(written.toLowerCase(), name.toLowerCase(), limit)
    if (distance <= limit && distance < (best?.distance ?? Infinity)) best = { name, distance }
  }
  return best?.name ?? null
}

const longestName = 200
const mostCandidates = 5000

/** Insertions, removals, replacements and swaps of neighbours that lead from one word to the other; Infinity beyond the limit. */
function editDistance(a: string, b: string, limit: number): number {
  let before: readonly number[] = []
  let row: readonly number[] = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const replace = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      const swap = isSwap ? (before[j - 2] ?? 0) + 1 : Infinity
      next.push(Math.min(replace, swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    // A swap looks two rows back, so that both have to be beyond it.
    if (Math.min(...row, ...next) > limit) return Infinity
    before = row
    row = next
  }
  return row[b.length] ?? 0
}
