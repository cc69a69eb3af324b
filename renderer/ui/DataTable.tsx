// The only adapter to TanStack Table and Virtual: a real table with the roles of a grid, whose rows may be 100,000.
import {
  tableFeatures,
  columnSizingFeature,
  columnResizingFeature,
  useTable,
} from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import {
  useCallback,
  useEffect,
  useId,
  useMemo,
  useRef,
  type KeyboardEvent,
  type ReactNode,
} from 'react'
import { DataTableHead, type TableSort } from './DataTableHead.tsx'
import { fitColumns } from './fitColumns.ts'
import { indexAfterKey } from './indexAfterKey.ts'
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
  /** Gives way on a narrow table: those with the smallest number first. Left out: always shown. */
  readonly yields?: number
  readonly align?: 'start' | 'end'
  readonly sortable?: boolean
  readonly cell: (row: Row) => ReactNode
}

export type DataTableProps<Row> = {
  /** Accessible name of the grid. */
  readonly label: string
  readonly columns: readonly DataColumn<Row>[]
  /** Null stands for a row that is not loaded yet. */
  readonly rows: readonly (Row | null)[]
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
  readonly onVisible?: (first: number, last: number) => void
  readonly rowHeight?: number
  /** Takes the focus when it appears and nothing else has it, so that keys work at once. */
  readonly takesFocus?: boolean
  /** Marks a row for its looks, as `data-tone`. */
  readonly toneOf?: (row: Row) => string | undefined
}

const features = tableFeatures({ columnSizingFeature, columnResizingFeature })
type Placed<Row> = { readonly index: number; readonly row: Row | null }

export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, rows, keyOf, selected = null, rowHeight = 30, toneOf, onVisible } = props
  const { takesFocus = false, onSelect } = props
  const id = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const available = useWidth(scroller)
  const columns = useMemo(() => fitColumns(props.columns, available), [props.columns, available])
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    scrollPaddingStart: 32,
  })
  const focusTable = useCallback((table: HTMLTableElement | null) => {
    if (document.activeElement === document.body) table?.focus({ preventScroll: true })
  }, [])
  const items = virtual.getVirtualItems()
  const first = items[0]?.index ?? 0
  const last = items.at(-1)?.index ?? 0
  useEffect(() => onVisible?.(first, last), [onVisible, first, last, rows.length])

  const placed = items.map(({ index }) => ({ index, row: rows[index] ?? null }))
  const definitions = useMemo(
    () =>
      columns.map((column) => ({
        id: column.id,
        header: column.header,
        size: column.width,
        minSize: 48,
        cell: ({ row }: { row: { original: Placed<Row> } }) =>
          row.original.row === null ? null : column.cell(row.original.row),
      })),
    [columns],
  )
  const table = useTable({
    features,
    columns: definitions,
    data: placed,
    getRowId: ({ index }) => String(index),
    columnResizeMode: 'onChange',
  })
  const grower = columns.find((column) => column.grow)
  const growing = grower?.id
  const isResized = (column: string) => table.state.columnSizing[column] !== undefined
  const shrinks = grower?.least !== undefined && !isResized(grower.id)
  const leastWidth = table.getTotalSize() - (shrinks ? grower.width - grower.least : 0)
  const active =
    selected === null ? -1 : rows.findIndex((row) => row !== null && keyOf(row) === selected)
  const shownAtFirst = useRef(active)
  useEffect(() => {
    if (shownAtFirst.current > 0) virtual.scrollToIndex(shownAtFirst.current, { align: 'center' })
  }, [virtual])
  const rowId = (index: number) => `${id}-row-${index}`

  /** A row that was gone to before it was loaded. */
  const wanted = useRef<number | null>(null)
  useEffect(() => {
    const row = wanted.current === null ? null : rows[wanted.current]
    if (!row) return
    wanted.current = null
    onSelect?.(row)
  }, [rows, onSelect])

  const moveTo = (index: number) => {
    const target = Math.min(rows.length - 1, Math.max(0, index))
    virtual.scrollToIndex(target)
    const row = rows[target]
    if (row) onSelect?.(row)
    else wanted.current = target
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.metaKey || event.ctrlKey || event.altKey)
      return
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 300) / rowHeight) - 2)
    const target = indexAfterKey(event.key, { active, page, count: rows.length })
    const row = rows[active]
    wanted.current = null
    if (target !== null) moveTo(target)
    else if (event.key === 'Enter' && row && props.onOpen) props.onOpen(row)
    else if (event.key === ' ' && row && props.onPeek) props.onPeek(row)
    else return
    event.preventDefault()
  }

  const before = items[0]?.start ?? 0
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0)
  const [group] = table.getHeaderGroups()
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
        aria-activedescendant={
          active >= first && active <= last && active >= 0 ? rowId(active) : undefined
        }
        tabIndex={0}
        onKeyDown={onKeyDown}
        style={{ minInlineSize: leastWidth }}
      >
        <colgroup>
          {(group?.headers ?? []).map((header) => (
            <col
              key={header.id}
              style={
                header.column.id === growing && !isResized(growing)
                  ? undefined
                  : { inlineSize: header.getSize() }
              }
            />
          ))}
        </colgroup>
        <DataTableHead
          headers={(group?.headers ?? []).map((header, index) => ({
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
          {before > 0 && <tr aria-hidden="true" style={{ blockSize: before }} />}
          {table.getRowModel().rows.map((row) => {
            const { index, row: value } = row.original
            return (
              // Keys are handled by the grid, whose active row this is: https://www.w3.org/WAI/ARIA/apg/patterns/grid/
              // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
              <tr
                key={row.id}
                id={rowId(index)}
                className={styles.row}
                aria-rowindex={index + 2}
                aria-selected={index === active}
                aria-busy={value === null || undefined}
                data-tone={value === null ? undefined : toneOf?.(value)}
                style={{ blockSize: rowHeight }}
                onClick={() => value && onSelect?.(value)}
                onDoubleClick={() => value && props.onOpen?.(value)}
              >
                {row.getAllCells().map((cell, column) => (
                  <td key={cell.id} className={styles.cell} data-align={columns[column]?.align}>
                    {value === null ? (
                      <span className={styles.placeholder} />
                    ) : (
                      <table.FlexRender cell={cell} />
                    )}
                  </td>
                ))}
              </tr>
            )
          })}
          {after > 0 && <tr aria-hidden="true" style={{ blockSize: after }} />}
        </tbody>
      </table>
    </div>
  )
}
