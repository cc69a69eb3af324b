// The only adapter to TanStack Table: a real table with the roles of a grid. Only the rows on the screen are drawn, so that
// it may have a million of them.
import {
  useCallback,
  useContext,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  type ReactNode,
} from 'react'
import { DataTableColumns } from './DataTableColumns.tsx'
import { DataTableHead, type TableSort } from './DataTableHead.tsx'
import { DataTableRow } from './DataTableRow.tsx'
import { fitColumns } from './fitColumns.ts'
import { isFocusFree } from './isFocusFree.ts'
import { layOut, type TableLayout } from './tableLayout.ts'
import { TimeModeContext } from './TimeText.tsx'
import { useActiveRow } from './useActiveRow.ts'
import type { WhenCurrent } from './useKeysAhead.ts'
import { useRowWindow } from './useRowWindow.ts'
import { useTableHeaders } from './useTableHeaders.ts'
import { useTableKeys } from './useTableKeys.ts'
import { useTableLayout } from './useTableLayout.ts'
import { useWidth } from './useWidth.ts'
import { withTimeRoom } from './withTimeRoom.ts'
import styles from './DataTable.module.css'

export type DataColumn<Row> = {
  readonly id: string
  readonly header: string
  /** Pixels; the first column with `grow` also takes what is left. */
  readonly width: number
  readonly grow?: boolean
  /** Pixels to which a column with `grow` shrinks before the table scrolls; left out: its width. */
  readonly least?: number
  /** Gives way on a narrow table, as `fitColumns` says. Left out: always shown. */
  readonly yields?: number | 'last'
  readonly align?: 'start' | 'end'
  readonly sortable?: boolean
  /** Holds moments: it is wider where these are not shown as ages. */
  readonly isTime?: boolean
  readonly cell: (row: Row) => ReactNode
}

/** Rows as an array, or what reads like one and holds only some of them. */
export type TableRows<Row> = {
  readonly length: number
  /** Null stands for a row that is not loaded yet. */
  readonly at: (index: number) => Row | null | undefined
  /** Looks at the rows that are loaded; -1: none of them. */
  readonly findIndex: (test: (row: Row | null) => boolean) => number
}

/** From the row that was looked at to another, both of them included. */
export type RowRange = { readonly from: number; readonly to: number }

/** Rows that are chosen for something that is done with many. */
export type TableSelection<Row> = {
  readonly isPicked: (row: Row) => boolean
  /** Of all rows, also those that are not loaded. */
  readonly extent: 'none' | 'some' | 'all'
  readonly nameOf: (row: Row) => string
  readonly onToggle: (row: Row, index: number) => void
  readonly onExtend: (range: RowRange) => void
  readonly onAll: () => void
  readonly onNone: () => void
}

export type DataTableProps<Row> = {
  /** Accessible name of the grid. */
  readonly label: string
  readonly columns: readonly DataColumn<Row>[]
  readonly rows: TableRows<Row>
  /** Another value: other rows, seen from the first. */
  readonly content?: unknown
  /** Where other rows are on their way, keys wait for them. */
  readonly whenCurrent?: WhenCurrent | undefined
  readonly keyOf: (row: Row) => string
  readonly selected?: string | null
  readonly onSelect?: (row: Row) => void
  /** Enter and double click. */
  readonly onOpen?: (row: Row) => void
  /** Space. */
  readonly onPeek?: (row: Row) => void
  readonly sort?: TableSort | null
  readonly onSort?: (sort: TableSort) => void
  /** Told which rows are on the screen, so that they can be loaded. */
  readonly onVisible?: ((first: number, last: number) => void) | undefined
  readonly rowHeight?: number
  /** Takes the focus when it appears and nothing else has it, so that keys work at once. */
  readonly takesFocus?: boolean
  /** Marks a row for its looks, as `data-tone`. */
  readonly toneOf?: (row: Row) => string | undefined
  /** A row that has the same key and another gist is marked for a moment. */
  readonly gistOf?: (row: Row) => string
  /** Rows can be chosen, with a box each. */
  readonly selection?: TableSelection<Row> | undefined
  /** Columns as they were chosen. With `onLayout` they can be chosen here, and are kept elsewhere. */
  readonly layout?: TableLayout | undefined
  readonly onLayout?: ((layout: TableLayout) => void) | undefined
}

const headPx = 30
const pickPx = 38
const cornerPx = 30

/** Columns and their widths are the table's. Rows are drawn from the window that is seen, each again only when it changes. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, rows, content, rowHeight = 30, toneOf, onVisible, takesFocus = false } = props
  const { selection, gistOf } = props
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const grid = useRef<HTMLTableElement>(null)
  const available = useWidth(scroller)
  const { layout, onLayout, onDragStart } = useTableLayout(props)
  const endPx = props.onLayout === undefined ? 0 : cornerPx
  const pickedPx = selection === undefined ? 0 : pickPx
  const timeMode = useContext(TimeModeContext)
  const columns = useMemo(() => {
    const room = available === null ? null : available - pickedPx - endPx
    return fitColumns(layOut(withTimeRoom(props.columns, timeMode), layout), room)
  }, [props.columns, timeMode, layout, available, pickedPx, endPx])
  const shown = useRowWindow({ scroller, count: rows.length, rowPx: rowHeight, headPx, content })
  const { first, last, scrollTo, viewportPx } = shown
  useLayoutEffect(() => {
    if (takesFocus && isFocusFree(document)) grid.current?.focus({ preventScroll: true })
  }, [takesFocus])
  useEffect(() => {
    if (last >= 0) onVisible?.(first, last)
  }, [onVisible, first, last])

  const { active, setWanted, choose } = useActiveRow(props)
  const shownAtFirst = useRef(active)
  const isMeasured = viewportPx !== null
  useLayoutEffect(() => {
    if (isMeasured && shownAtFirst.current > 0)
      scrollTo({ index: shownAtFirst.current, align: 'center' })
  }, [scrollTo, isMeasured])

  const onKeyDown = useTableKeys({
    ...props,
    active,
    page: Math.max(1, Math.floor((viewportPx ?? 300) / rowHeight) - 1),
    goTo: (index) => {
      const row = rows.at(index)
      scrollTo({ index, align: 'nearest' })
      if (row) choose(row)
      else setWanted(index)
    },
  })
  // A listener that changes with the list would draw all rows again whenever a page of it is read.
  const latest = useRef({ active, extend: selection?.onExtend })
  useLayoutEffect(() => {
    latest.current = { active, extend: selection?.onExtend }
  })
  const onExtend = useCallback((to: number) => {
    const { active: from, extend } = latest.current
    extend?.({ from: from < 0 ? to : from, to })
  }, [])

  const { headers, leastWidth } = useTableHeaders({
    columns,
    layout,
    onLayout,
    onDragStart,
    grid,
    isSortable: props.onSort !== undefined,
    endPx,
    firstCell: selection === undefined ? 0 : 1,
  })
  const rowId = (index: number) => `${id}-row-${index}`
  return (
    <div className={styles.frame}>
      <div ref={scroller} className={styles.scroller}>
        <table
          ref={grid}
          className={styles.table}
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- the grid pattern: rows can be chosen
          role="grid"
          aria-label={label}
          aria-rowcount={rows.length + 1}
          aria-colcount={columns.length + (selection === undefined ? 0 : 1)}
          aria-multiselectable={selection === undefined ? undefined : true}
          aria-activedescendant={active >= first && active <= last ? rowId(active) : undefined}
          tabIndex={0}
          onKeyDown={onKeyDown}
          style={{ minInlineSize: leastWidth + pickedPx }}
        >
          <colgroup>
            {selection && <col style={{ inlineSize: pickPx }} />}
            {headers.map(({ id: column, isFree, width }) => (
              <col key={column} style={isFree ? undefined : { inlineSize: width }} />
            ))}
          </colgroup>
          <DataTableHead
            headers={headers}
            sort={props.sort ?? null}
            onSort={props.onSort}
            selection={selection}
          />
          <tbody>
            {shown.beforePx > 0 && <tr aria-hidden="true" style={{ blockSize: shown.beforePx }} />}
            {Array.from({ length: last - first + 1 }, (_, place) => {
              const index = first + place
              const value = rows.at(index) ?? null
              return (
                <DataTableRow
                  key={index}
                  id={rowId(index)}
                  index={index}
                  value={value}
                  columns={columns}
                  isActive={index === active}
                  isPicked={selection ? value !== null && selection.isPicked(value) : null}
                  name={selection && value !== null ? selection.nameOf(value) : null}
                  tone={value === null ? undefined : toneOf?.(value)}
                  rowKey={value === null ? null : props.keyOf(value)}
                  gist={value === null || !gistOf ? null : gistOf(value)}
                  height={rowHeight}
                  onSelect={choose}
                  onOpen={props.onOpen}
                  onToggle={selection?.onToggle}
                  onExtend={selection && onExtend}
                />
              )
            })}
            {shown.afterPx > 0 && <tr aria-hidden="true" style={{ blockSize: shown.afterPx }} />}
          </tbody>
        </table>
      </div>
      {props.onLayout && (
        <DataTableColumns
          columns={props.columns}
          drawn={columns.map((column) => column.id)}
          layout={layout}
          onLayout={onLayout}
        />
      )}
    </div>
  )
}
