// Which columns a table has, in which order and how wide: what a person chose, over what the table would choose by itself.

export type TableLayout = {
  /** Ids in the order they were put in. A column that is not among them stands behind its neighbour of the table's own order. */
  readonly order: readonly string[]
  /** True: shown even where there is no room. False: never. Left out: where there is room. */
  readonly shown: Readonly<Record<string, boolean>>
  /** Pixels. Left out: the column's own width. */
  readonly widths: Readonly<Record<string, number>>
}

export const plainLayout: TableLayout = { order: [], shown: {}, widths: {} }

export const leastColumnPx = 48
const mostColumnPx = 1_200

type LaidOut = {
  readonly id: string
  readonly width: number
  readonly least?: number
  readonly yields?: number | 'last'
}

/** The columns as they were chosen, before it is known which have room. */
export function layOut<Column extends LaidOut>(
  columns: readonly Column[],
  layout: TableLayout,
): readonly Column[] {
  return inOrder(columns, layout.order)
    .filter(({ id }) => layout.shown[id] !== false)
    .map((column) => chosen(column, layout))
}

/** The ids as they stand now, with one moved by so many places. */
export function moveColumn(
  ids: readonly string[],
  moved: string,
  { by }: { readonly by: number },
): readonly string[] {
  const from = ids.indexOf(moved)
  if (from < 0) return ids
  const to = Math.min(ids.length - 1, Math.max(0, from + by))
  return ids.filter((id) => id !== moved).toSpliced(to, 0, moved)
}

export function resizeColumn(layout: TableLayout, id: string, width: number): TableLayout {
  const px = Math.round(Math.min(mostColumnPx, Math.max(leastColumnPx, width)))
  return { ...layout, widths: { ...layout.widths, [id]: px } }
}

export function showColumn(layout: TableLayout, id: string, isShown: boolean): TableLayout {
  return { ...layout, shown: { ...layout.shown, [id]: isShown } }
}

/** Reads what was kept; what does not fit, such as that of another version, is as if nothing had been chosen. */
export function readLayout(text: string | null): TableLayout {
  const kept = parse(text)
  return {
    order: Array.isArray(kept['order']) ? kept['order'].filter(isText) : [],
    shown: entriesOf(kept['shown'], isBoolean),
    widths: entriesOf(kept['widths'], isWidth),
  }
}

export function inOrder<Column extends { readonly id: string }>(
  columns: readonly Column[],
  order: readonly string[],
): readonly Column[] {
  const placed = order.flatMap((id) => columns.find((column) => column.id === id) ?? [])
  return columns.reduce<readonly Column[]>((found, column, index) => {
    if (found.includes(column)) return found
    const before = columns[index - 1]
    return found.toSpliced(before === undefined ? 0 : found.indexOf(before) + 1, 0, column)
  }, placed)
}

/** What was chosen does not give way, neither the column nor its width. */
function chosen<Column extends LaidOut>(column: Column, { shown, widths }: TableLayout): Column {
  const width = widths[column.id]
  const { yields, least, ...fixed } = column
  const kept = {
    ...fixed,
    ...(yields === undefined || shown[column.id] === true ? {} : { yields }),
    ...(least === undefined || width !== undefined ? {} : { least }),
    ...(width === undefined ? {} : { width }),
  }
  return kept as Column // the same fields, without those that only say how it gives way
}

function parse(text: string | null): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = text === null ? null : JSON.parse(text)
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}

function entriesOf<Value>(
  kept: unknown,
  fits: (value: unknown) => value is Value,
): Readonly<Record<string, Value>> {
  if (typeof kept !== 'object' || kept === null) return {}
  return Object.fromEntries(
    Object.entries(kept).flatMap(([id, value]: [string, unknown]) =>
      fits(value) ? [[id, value]] : [],
    ),
  )
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean'
}

function isWidth(value: unknown): value is number {
  return typeof value === 'number' && value >= leastColumnPx && value <= mostColumnPx
}
