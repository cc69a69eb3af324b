// The only adapter to TanStack Table: a real table with the roles of a grid. Only the rows on the screen are drawn, so that
// it may have a million of them.
import {
  tableFeatures,
  columnSizingFeature,
  columnResizingFeature,
  useTable,
} from '@tanstack/react-table'
import {
  useCallback,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
} from 'react'
import { DataTableHead, type TableSort } from './DataTableHead.tsx'
import { DataTableRow } from './DataTableRow.tsx'
import { fitColumns } from './fitColumns.ts'
import { indexAfterKey } from './indexAfterKey.ts'
import { useRowWindow } from './useRowWindow.ts'
import { useWidth } from './useWidth.ts'
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

export type DataTableProps<Row> = {
  /** Accessible name of the grid. */
  readonly label: string
  readonly columns: readonly DataColumn<Row>[]
  readonly rows: TableRows<Row>
  /** Another value: other rows, seen from the first. */
  readonly content?: unknown
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
}

const features = tableFeatures({ columnSizingFeature, columnResizingFeature })

/** Columns and their widths are the table's. Rows are drawn from the window that is seen, each again only when it changes. */
const noRows: readonly never[] = []
const headPx = 30

export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, rows, content, rowHeight = 30, toneOf, onVisible, takesFocus = false } = props
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const available = useWidth(scroller)
  const columns = useMemo(() => fitColumns(props.columns, available), [props.columns, available])
  const shown = useRowWindow({ scroller, count: rows.length, rowPx: rowHeight, headPx, content })
  const { first, last, scrollTo, viewportPx } = shown
  const focusTable = useCallback((table: HTMLTableElement | null) => {
    if (document.activeElement === document.body) table?.focus({ preventScroll: true })
  }, [])
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

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.metaKey || event.ctrlKey || event.altKey)
      return
    const page = Math.max(1, Math.floor((viewportPx ?? 300) / rowHeight) - 1)
    const target = indexAfterKey(event.key, { active, page, count: rows.length })
    const row = rows.at(Math.max(0, target ?? active))
    if (target !== null) {
      scrollTo({ index: target, align: 'nearest' })
      if (row) choose(row)
      else setWanted(target)
    } else if (active < 0 || !row) return
    else if (event.key === 'Enter' && props.onOpen) props.onOpen(row)
    else if (event.key === ' ' && props.onPeek) props.onPeek(row)
    else return
    event.preventDefault()
  }

  const table = useColumns(columns)
  const [group] = table.getHeaderGroups()
  const headers = group?.headers ?? []
  const grower = columns.find((column) => column.grow)
  const isResized = (column: string) => table.state.columnSizing[column] !== undefined
  const shrinks = grower?.least !== undefined && !isResized(grower.id)
  const leastWidth = table.getTotalSize() - (shrinks ? grower.width - grower.least : 0)
  const rowId = (index: number) => `${id}-row-${index}`
  return (
    <div ref={scroller} className={styles.scroller}>
      <table
        ref={takesFocus ? focusTable : undefined}
        className={styles.table}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- the grid pattern: rows can be chosen
        role="grid"
        aria-label={label}
        aria-rowcount={rows.length + 1}
        aria-colcount={columns.length}
        aria-activedescendant={active >= first && active <= last ? rowId(active) : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
        style={{ minInlineSize: leastWidth }}
      >
        <colgroup>
          {headers.map((header) => {
            const isFree = header.column.id === grower?.id && !isResized(header.column.id)
            return (
              <col key={header.id} style={isFree ? undefined : { inlineSize: header.getSize() }} />
            )
          })}
        </colgroup>
        <DataTableHead
          headers={headers.map((header, index) => ({
            id: header.id,
            text: columns[index]?.header ?? '',
            align: columns[index]?.align ?? 'start',
            isSortable: columns[index]?.sortable === true && props.onSort !== undefined,
            width: header.getSize(),
            onResizeStart: header.getResizeHandler(),
            onResizeBy: (pixels) =>
              table.setColumnSizing((sizes) => ({
                ...sizes,
                [header.column.id]: Math.max(48, header.getSize() + pixels),
              })),
          }))}
          sort={props.sort ?? null}
          onSort={props.onSort}
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
                tone={value === null ? undefined : toneOf?.(value)}
                height={rowHeight}
                onSelect={choose}
                onOpen={props.onOpen}
              />
            )
          })}
          {shown.afterPx > 0 && <tr aria-hidden="true" style={{ blockSize: shown.afterPx }} />}
        </tbody>
      </table>
    </div>
  )
}

/** The row that keys start from: the selected one, or one that was gone to and is not loaded yet. */
function useActiveRow<Row>(props: DataTableProps<Row>) {
  const { rows, content, keyOf, selected = null, onSelect } = props
  const [wanted, setWanted] = useState<number | null>(null)
  const [asked, setAsked] = useState(content)
  if (!Object.is(asked, content)) {
    setAsked(content)
    setWanted(null)
  }
  const arrived = wanted === null ? null : (rows.at(wanted) ?? null)
  useEffect(() => {
    if (arrived !== null) onSelect?.(arrived)
  }, [arrived, onSelect])
  const choose = useCallback(
    (row: Row) => {
      setWanted(null)
      onSelect?.(row)
    },
    [onSelect],
  )
  const found = useMemo(
    () =>
      selected === null ? -1 : rows.findIndex((row) => row !== null && keyOf(row) === selected),
    [rows, keyOf, selected],
  )
  return { active: wanted !== null && arrived === null ? wanted : found, setWanted, choose }
}

function useColumns<Row>(columns: readonly DataColumn<Row>[]) {
  const definitions = useMemo(
    () =>
      columns.map(({ id, header, width }) => ({
        id,
        header,
        size: width,
        minSize: 48,
      })),
    [columns],
  )
  return useTable({ features, columns: definitions, data: noRows, columnResizeMode: 'onChange' })
}
