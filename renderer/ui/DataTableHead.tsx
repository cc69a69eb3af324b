import type { KeyboardEvent } from 'react'
import { Icon } from './Icon.tsx'
import styles from './DataTable.module.css'

export type TableSort = { readonly column: string; readonly descending: boolean }

export type TableHeader = {
  readonly id: string
  readonly text: string
  readonly align: 'start' | 'end'
  readonly isSortable: boolean
  readonly width: number
  readonly onResizeStart: (event: unknown) => void
  readonly onResizeBy: (pixels: number) => void
}

export type DataTableHeadProps = {
  readonly headers: readonly TableHeader[]
  readonly sort: TableSort | null
  readonly onSort: ((sort: TableSort) => void) | undefined
}

/** Names of the columns: press one to sort by it, drag its edge or press Shift and an arrow key to resize it. */
export function DataTableHead({ headers, sort, onSort }: DataTableHeadProps) {
  return (
    <thead>
      <tr aria-rowindex={1}>
        {headers.map((header) => {
          const isSorted = sort?.column === header.id
          const descending = isSorted && sort.descending
          return (
            <th
              key={header.id}
              scope="col"
              className={styles.header}
              data-align={header.align}
              aria-sort={isSorted ? (descending ? 'descending' : 'ascending') : undefined}
            >
              {header.isSortable ? (
                <button
                  type="button"
                  className={styles.sort}
                  onKeyDown={(event) => {
                    if (event.shiftKey) onResizeKey(event, header.onResizeBy)
                  }}
                  onClick={() =>
                    onSort?.({ column: header.id, descending: isSorted ? !descending : true })
                  }
                >
                  {header.text}
                  {isSorted && <Icon name={descending ? 'arrowDown' : 'arrowUp'} size={12} />}
                </button>
              ) : (
                header.text
              )}
              <button
                type="button"
                className={styles.resize}
                tabIndex={-1}
                aria-label={`Width of ${header.text}`}
                onMouseDown={header.onResizeStart}
                onTouchStart={header.onResizeStart}
                onKeyDown={(event) => onResizeKey(event, header.onResizeBy)}
              />
            </th>
          )
        })}
      </tr>
    </thead>
  )
}

function onResizeKey(event: KeyboardEvent, resizeBy: (pixels: number) => void) {
  if (event.key === 'ArrowRight') resizeBy(16)
  else if (event.key === 'ArrowLeft') resizeBy(-16)
  else return
  event.preventDefault()
}
