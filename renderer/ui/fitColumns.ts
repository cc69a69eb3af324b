/** A column of a table, as far as its room is concerned. */
export type FittedColumn = {
  /** Pixels. */
  readonly width: number
  /** Gives way when there is no room: those with the smallest number first. Left out: always shown. */
  readonly yields?: number
}

/** The columns that have room, in their order. Without a measured width, all. */
export function fitColumns<Column extends FittedColumn>(
  columns: readonly Column[],
  availablePx: number | null,
): readonly Column[] {
  if (availablePx === null) return columns
  const leaving = columns
    .filter((column) => column.yields !== undefined)
    .toSorted((a, b) => (a.yields ?? 0) - (b.yields ?? 0))
  let takenPx = columns.reduce((sum, { width }) => sum + width, 0)
  const gone = new Set<Column>()
  for (const column of leaving) {
    if (takenPx <= availablePx) break
    gone.add(column)
    takenPx -= column.width
  }
  return columns.filter((column) => !gone.has(column))
}
