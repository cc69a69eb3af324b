import { useState, type KeyboardEvent } from 'react'
import type { TableSelection } from './DataTable.tsx'
import { Icon } from './Icon.tsx'
import { PickBox } from './PickBox.tsx'
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
  /** As wide as what is in it. */
  readonly onFit: () => void
  readonly onMoveBy: (places: number) => void
  /** To where another column stands. */
  readonly onMoveTo: (id: string) => void
}

export type DataTableHeadProps = {
  readonly headers: readonly TableHeader[]
  readonly sort: TableSort | null
  readonly onSort: ((sort: TableSort) => void) | undefined
  readonly selection: Pick<TableSelection<never>, 'extent' | 'onAll' | 'onNone'> | undefined
}

/**
 * Names of the columns: press one to sort by it, drag it to another place, drag its edge to resize it. With the keyboard:
 * Shift and an arrow key resize, Ctrl, Shift and an arrow key move.
 */
export function DataTableHead({ headers, sort, onSort, selection }: DataTableHeadProps) {
  const [dragged, setDragged] = useState<string | null>(null)
  const [target, setTarget] = useState<string | null>(null)
  // Whose edge is drawn is not carried away with it.
  const [isResizing, setIsResizing] = useState(false)
  const endDrag = () => {
    setDragged(null)
    setTarget(null)
  }
  return (
    <thead className={styles.head}>
      <tr aria-rowindex={1}>
        {selection && (
          <th scope="col" className={styles.header} data-pick="">
            <PickBox
              label={
                selection.extent === 'all' ? 'Choose no row' : 'Choose all rows that are loaded'
              }
              checked={
                selection.extent === 'all' ? true : selection.extent === 'some' ? null : false
              }
              onToggle={selection.extent === 'all' ? selection.onNone : selection.onAll}
            />
          </th>
        )}
        {headers.map((header) => {
          const isSorted = sort?.column === header.id
          const descending = isSorted && sort.descending
          return (
            <th
              key={header.id}
              scope="col"
              className={styles.header}
              data-align={header.align}
              data-drop={(target === header.id && dragged !== header.id) || undefined}
              aria-sort={isSorted ? (descending ? 'descending' : 'ascending') : undefined}
              draggable={!isResizing}
              onDragStart={(event) => {
                event.dataTransfer.effectAllowed = 'move'
                event.dataTransfer.setData('text/plain', header.text)
                setDragged(header.id)
              }}
              onDragOver={(event) => {
                if (dragged === null) return
                event.preventDefault()
                setTarget(header.id)
              }}
              onDrop={(event) => {
                event.preventDefault()
                headers.find(({ id }) => id === dragged)?.onMoveTo(header.id)
                endDrag()
              }}
              onDragEnd={endDrag}
            >
              {header.isSortable ? (
                <button
                  type="button"
                  className={styles.sort}
                  onKeyDown={(event) => onHeaderKey(event, header)}
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
                title="Drag to resize, double-click to fit"
                onPointerDown={(event) => {
                  event.currentTarget.setPointerCapture(event.pointerId)
                  setIsResizing(true)
                }}
                onLostPointerCapture={() => setIsResizing(false)}
                onMouseDown={header.onResizeStart}
                onTouchStart={header.onResizeStart}
                onDoubleClick={header.onFit}
                onKeyDown={(event) => onHeaderKey({ ...pick(event), shiftKey: true }, header)}
              />
            </th>
          )
        })}
      </tr>
    </thead>
  )
}

type Key = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'preventDefault'>

function onHeaderKey(event: Key, { onResizeBy, onMoveBy }: TableHeader) {
  const direction = { ArrowLeft: -1, ArrowRight: 1 }[event.key]
  if (direction === undefined || !event.shiftKey) return
  event.preventDefault()
  if (event.ctrlKey || event.metaKey) onMoveBy(direction)
  else onResizeBy(direction * 16)
}

/** The handle of a column resizes without Shift. */
function pick(event: KeyboardEvent): Omit<Key, 'shiftKey'> {
  const { key, ctrlKey, metaKey } = event
  return { key, ctrlKey, metaKey, preventDefault: () => event.preventDefault() }
}
