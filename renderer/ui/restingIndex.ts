export type Resting = {
  /** Where the selected row stands; -1: it is not there. */
  readonly found: number
  readonly isSelected: boolean
  /** Where it stood before. */
  readonly last: number
  readonly count: number
}

/** [L117] The row that keys go on from; -1: none, the next one is the first. */
export function restingIndex({ found, isSelected, last, count }: Resting): number {
  return found < 0 && isSelected ? Math.min(last, count - 1) : found
}
