import type { TextCode } from './pooledTexts.ts'
import type { DocumentCode } from './documentCodes.ts'

/** Which run took the place of which: of several forks of a run the one whose document comes last. */
export type ForkIndex = {
  readonly put: (row: number, parent: TextCode, document: DocumentCode) => void
  readonly remove: (row: number, parent: TextCode) => void
  /** The row of the fork that took a run's place; null while none did. */
  readonly forkOf: (parent: TextCode) => number | null
  /** All of them, by document. */
  readonly forksOf: (parent: TextCode) => readonly number[]
}

export function createForkIndex(
  compare: (one: DocumentCode, other: DocumentCode) => number,
): ForkIndex {
  const forks = new Map<TextCode, Map<number, DocumentCode>>()
  const sorted = (parent: TextCode): readonly number[] =>
    [...(forks.get(parent) ?? [])]
      .toSorted(([, one], [, other]) => compare(one, other))
      .map(([row]) => row)
  return {
    put: (row, parent, document) => {
      if (parent === 0) return
      const rows = forks.get(parent) ?? new Map<number, DocumentCode>()
      forks.set(parent, rows.set(row, document))
    },
    remove: (row, parent) => {
      const rows = forks.get(parent)
      rows?.delete(row)
      if (rows?.size === 0) forks.delete(parent)
    },
    forkOf: (parent) => (forks.has(parent) ? (sorted(parent).at(-1) ?? null) : null),
    forksOf: sorted,
  }
}
