/** A difference with its values as JSON text. */
export type ShownChange = {
  readonly kind: 'added' | 'removed' | 'changed' | 'moved'
  readonly path: string
  /** Where it stood before, if that was elsewhere. */
  readonly from: string | null
  readonly before: string | null
  readonly after: string | null
  readonly truncated: boolean
  /** What is said of it beside its path. */
  readonly note?: string
}

export type FoldedRow = { readonly path: string; readonly start: number; readonly count: number }

/** A line of a list of differences. */
export type DiffLine =
  | {
      readonly kind: 'change'
      readonly id: string
      /** Which change it is, from 0. */
      readonly index: number
      readonly change: ShownChange
    }
  | {
      readonly kind: 'unchanged'
      readonly id: string
      /** What is folded away here: which children of the values at some paths. */
      readonly rows: readonly FoldedRow[]
      /** How much the same they are, such as "unchanged". */
      readonly word: string
      readonly isOpen: boolean
      readonly problem: string | null
    }
  | { readonly kind: 'same'; readonly id: string; readonly path: string; readonly value: string }
  /** More of the same than is shown. */
  | { readonly kind: 'rest'; readonly id: string; readonly count: number }
