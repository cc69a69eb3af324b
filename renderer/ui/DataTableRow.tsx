import { memo, useState, type MouseEvent } from 'react'
import type { DataColumn } from './DataTable.tsx'
import { PickBox } from './PickBox.tsx'
import styles from './DataTable.module.css'

export type DataTableRowProps<Row> = {
  readonly id: string
  readonly index: number
  /** Null: not loaded yet. */
  readonly value: Row | null
  readonly columns: readonly DataColumn<Row>[]
  readonly isActive: boolean
  /** Null: rows of this table are not chosen. */
  readonly isPicked: boolean | null
  /** What its box is called; null: there is none, or nothing is loaded yet. */
  readonly name: string | null
  readonly tone: string | undefined
  /** Null: nothing is loaded yet. */
  readonly rowKey: string | null
  /** What of it is worth a mark when it changes. */
  readonly gist: string | null
  readonly height: number
  readonly onSelect: ((row: Row) => void) | undefined
  readonly onOpen: ((row: Row) => void) | undefined
  readonly onToggle: ((row: Row, index: number) => void) | undefined
  readonly onExtend: ((to: number) => void) | undefined
}

/** Measured: without remembering rows, each step of scrolling draws all of them again. */
export const DataTableRow = memo(PlainRow) as typeof PlainRow // `memo` loses the type parameter

function PlainRow<Row>(props: DataTableRowProps<Row>) {
  const { id, index, value, columns, isActive, isPicked, name, tone, height } = props
  const { onSelect, onOpen, onToggle, onExtend } = props
  const changes = useChanges(props.rowKey, props.gist)
  const onClick = (event: MouseEvent) => {
    if (value === null) return
    const isRange = event.shiftKey && onExtend !== undefined
    if (isRange) onExtend(index)
    else if ((event.ctrlKey || event.metaKey) && onToggle && !isLink(event.target))
      onToggle(value, index)
    onSelect?.(value)
  }
  return (
    // Keys are handled by the grid, whose active row this is: https://www.w3.org/WAI/ARIA/apg/patterns/grid/
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <tr
      id={id}
      className={styles.row}
      aria-rowindex={index + 2}
      aria-selected={isPicked ?? isActive}
      aria-busy={value === null || undefined}
      data-active={isActive || undefined}
      data-changed={changes === 0 ? undefined : changes % 2}
      data-tone={tone}
      style={{ blockSize: height }}
      onMouseDown={keepText}
      onClick={onClick}
      onDoubleClick={() => value !== null && onOpen?.(value)}
    >
      {isPicked !== null && (
        // A press beside the box is meant for it; the box itself is what a reader finds.
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions
        <td
          className={styles.cell}
          data-pick=""
          onMouseDown={keepFocus}
          onClick={(event) => {
            event.stopPropagation()
            if (value === null) return
            if (event.shiftKey) onExtend?.(index)
            else onToggle?.(value, index)
            onSelect?.(value)
          }}
          onDoubleClick={(event) => event.stopPropagation()}
        >
          {value !== null && name !== null && (
            <PickBox label={`Choose ${name}`} checked={isPicked} />
          )}
        </td>
      )}
      {columns.map((column) => (
        <td key={column.id} className={styles.cell} data-align={column.align}>
          {value === null ? <span className={styles.placeholder} /> : column.cell(value)}
        </td>
      ))}
    </tr>
  )
}

/** How often what is shown here changed while it was the same row. */
function useChanges(rowKey: string | null, gist: string | null): number {
  const [seen, setSeen] = useState({ rowKey, gist, changes: 0 })
  if (seen.rowKey === rowKey && seen.gist === gist) return seen.changes
  const isSame = rowKey !== null && seen.rowKey === rowKey
  const changes = isSame ? seen.changes + 1 : 0
  setSeen({ rowKey, gist, changes })
  return changes
}

/** With Shift a press chooses rows, and no text. */
function keepText(event: MouseEvent) {
  if (!event.shiftKey) return
  keepFocus(event)
}

/** The grid has the focus, so that keys go on from what was pressed. */
function keepFocus(event: MouseEvent) {
  event.preventDefault()
  event.currentTarget.closest<HTMLElement>('[role="grid"]')?.focus({ preventScroll: true })
}

function isLink(target: EventTarget): boolean {
  return target instanceof Element && target.closest('a') !== null
}
