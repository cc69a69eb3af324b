import { memo } from 'react'
import type { DataColumn } from './DataTable.tsx'
import styles from './DataTable.module.css'

export type DataTableRowProps<Row> = {
  readonly id: string
  readonly index: number
  /** Null: not loaded yet. */
  readonly value: Row | null
  readonly columns: readonly DataColumn<Row>[]
  readonly isActive: boolean
  readonly tone: string | undefined
  readonly height: number
  readonly onSelect: ((row: Row) => void) | undefined
  readonly onOpen: ((row: Row) => void) | undefined
}

/** Measured: without remembering rows, each step of scrolling draws all of them again. */
export const DataTableRow = memo(PlainRow) as typeof PlainRow // `memo` loses the type parameter

function PlainRow<Row>(props: DataTableRowProps<Row>) {
  const { id, index, value, columns, isActive, tone, height, onSelect, onOpen } = props
  return (
    // Keys are handled by the grid, whose active row this is: https://www.w3.org/WAI/ARIA/apg/patterns/grid/
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <tr
      id={id}
      className={styles.row}
      aria-rowindex={index + 2}
      aria-selected={isActive}
      aria-busy={value === null || undefined}
      data-tone={tone}
      style={{ blockSize: height }}
      onClick={() => value !== null && onSelect?.(value)}
      onDoubleClick={() => value !== null && onOpen?.(value)}
    >
      {columns.map((column) => (
        <td key={column.id} className={styles.cell} data-align={column.align}>
          {value === null ? <span className={styles.placeholder} /> : column.cell(value)}
        </td>
      ))}
    </tr>
  )
}
