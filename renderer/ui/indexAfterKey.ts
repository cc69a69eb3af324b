type Position = { readonly active: number; readonly page: number; readonly count: number }

/** The row that a key moves to, with Shift or without; null when it does not move. */
export function indexAfterKey(key: string, { active, page, count }: Position): number | null {
  if (count === 0) return null
  if (key === 'j' || key === 'J' || key === 'ArrowDown') return Math.min(count - 1, active + 1)
  if (key === 'k' || key === 'K' || key === 'ArrowUp') return Math.max(0, active - 1)
  if (key === 'PageDown') return Math.min(count - 1, active + page)
  if (key === 'PageUp') return Math.max(0, active - page)
  if (key === 'Home') return 0
  if (key === 'End' || key === 'G') return count - 1
  return null
}
