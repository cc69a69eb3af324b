/** A column of a table, as far as its room is concerned. */
export type FittedColumn = {
  /** Pixels. */
  readonly width: number
  /** Pixels below which it would be cut; left out: its width. */
  readonly least?: number
  /**
   * Gives way until the others have their widths: those with the smallest number first. `last`: only when one that shrinks
   * would have less than half of its width. Left out: always shown.
   */
  readonly yields?: number | 'last'
}

/** The columns that have room, in their order. Without a measured width, all. */
export function fitColumns<Column extends FittedColumn>(
  columns: readonly Column[],
  availablePx: number | null,
): readonly Column[] {
  if (availablePx === null) return columns
  const wide = dropUntilFit(columns, {
    leaving: columns
      .filter(({ yields }) => typeof yields === 'number')
      .toSorted((a, b) => Number(a.yields) - Number(b.yields)),
    sizeOf: ({ width }) => width,
    availablePx,
  })
  return dropUntilFit(wide, {
    leaving: wide.filter(({ yields }) => yields === 'last'),
    sizeOf: ({ width, least = width }) => Math.max(least, width / 2),
    availablePx,
  })
}

function dropUntilFit<Column>(
  columns: readonly Column[],
  options: {
    /** In the order in which they go. */
    readonly leaving: readonly Column[]
    readonly sizeOf: (column: Column) => number
    readonly availablePx: number
  },
): readonly Column[] {
  const { leaving, sizeOf, availablePx } = options
  let takenPx = columns.reduce((sum, column) => sum + sizeOf(column), 0)
  const gone = new Set<Column>()
  for (const column of leaving) {
    if (takenPx <= availablePx) break
    gone.add(column)
    takenPx -= sizeOf(column)
  }
  return columns.filter((column) => !gone.has(column))
}
