import {
  columnResizingFeature,
  columnSizingFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { useMemo, type RefObject } from 'react'
import type { DataColumn } from './DataTable.tsx'
import type { TableHeader } from './DataTableHead.tsx'
import { fittingWidth } from './fittingWidth.ts'
import { leastColumnPx, moveColumn, resizeColumn, type TableLayout } from './tableLayout.ts'

export type TableHeadersOptions<Row> = {
  /** Those that are drawn, as they were chosen. */
  readonly columns: readonly DataColumn<Row>[]
  readonly layout: TableLayout
  readonly onLayout: (layout: TableLayout) => void
  /** The edge of a column is taken hold of. */
  readonly onDragStart: () => void
  readonly grid: RefObject<HTMLTableElement | null>
  readonly isSortable: boolean
  /** Cells in front of the first column. */
  readonly firstCell: number
  /** Pixels at the end of the last name that are taken by something else. */
  readonly endPx: number
}

const features = tableFeatures({ columnSizingFeature, columnResizingFeature })
const noRows: readonly never[] = []

/** What the head needs to know of each column, and how narrow they can be together. */
export function useTableHeaders<Row>(options: TableHeadersOptions<Row>): {
  readonly headers: readonly (TableHeader & { readonly isFree: boolean })[]
  readonly leastWidth: number
} {
  const { columns, layout, onLayout, grid, isSortable, firstCell, endPx } = options
  const table = useSizes(options)
  const [group] = table.getHeaderGroups()
  const grower = columns.find((column) => column.grow)
  const isResized = (id: string) => layout.widths[id] !== undefined
  const shrinks = grower?.least !== undefined && !isResized(grower.id)
  const ids = columns.map(({ id }) => id)
  const headers = (group?.headers ?? []).map((header, index) => {
    const { id } = header.column
    return {
      id,
      text: columns[index]?.header ?? '',
      align: columns[index]?.align ?? 'start',
      isSortable: columns[index]?.sortable === true && isSortable,
      isFree: id === grower?.id && !isResized(id),
      width: header.getSize() + (index === columns.length - 1 ? endPx : 0),
      onResizeStart: (event: unknown) => {
        header.getResizeHandler()(event)
        options.onDragStart()
      },
      onResizeBy: (pixels: number) => onLayout(resizeColumn(layout, id, header.getSize() + pixels)),
      onFit: () => {
        const width = grid.current === null ? 0 : fittingWidth(grid.current, firstCell + index)
        onLayout(resizeColumn(layout, id, width))
      },
      onMoveBy: (by: number) => onLayout({ ...layout, order: moveColumn(ids, id, { by }) }),
      onMoveTo: (to: string) => {
        const by = ids.indexOf(to) - index
        onLayout({ ...layout, order: moveColumn(ids, id, { by }) })
      },
    }
  })
  const leastWidth = table.getTotalSize() + endPx - (shrinks ? grower.width - grower.least : 0)
  return { headers, leastWidth }
}

function useSizes<Row>({ columns, layout, onLayout }: TableHeadersOptions<Row>) {
  const definitions = useMemo(
    () =>
      columns.map(({ id, header, width }) => ({ id, header, size: width, minSize: leastColumnPx })),
    [columns],
  )
  return useTable({
    features,
    columns: definitions,
    data: noRows,
    columnResizeMode: 'onChange',
    state: { columnSizing: { ...layout.widths } },
    onColumnSizingChange: (update) => {
      const before = { ...layout.widths }
      const widths = typeof update === 'function' ? update(before) : update
      onLayout(
        Object.entries(widths).reduce((sum, [id, width]) => resizeColumn(sum, id, width), layout),
      )
    },
  })
}
