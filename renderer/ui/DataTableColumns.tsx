import { useState } from 'react'
import { Button } from './Button.tsx'
import type { DataColumn } from './DataTable.tsx'
import { Dialog } from './Dialog.tsx'
import { IconButton } from './IconButton.tsx'
import {
  inOrder,
  leastColumnPx,
  moveColumn,
  plainLayout,
  resizeColumn,
  showColumn,
  type TableLayout,
} from './tableLayout.ts'
import styles from './DataTableColumns.module.css'

type Named = Pick<DataColumn<never>, 'id' | 'header' | 'width'>

export type DataTableColumnsProps = {
  readonly columns: readonly Named[]
  /** Ids of those for which there is room. */
  readonly drawn: readonly string[]
  readonly layout: TableLayout
  readonly onLayout: (layout: TableLayout) => void
}

/** Which columns are shown, in which order and how wide. */
export function DataTableColumns(props: DataTableColumnsProps) {
  const { columns, drawn, layout, onLayout } = props
  const [isOpen, setIsOpen] = useState(false)
  const ordered = inOrder(columns, layout.order)
  const ids = ordered.map(({ id }) => id)
  return (
    <div className={styles.corner}>
      <IconButton icon="columns" label="Columns…" size="s" onClick={() => setIsOpen(true)} />
      <Dialog
        open={isOpen}
        title="Columns"
        size="m"
        onClose={() => setIsOpen(false)}
        footer={
          <>
            <Button variant="quiet" icon="undo" onClick={() => onLayout(plainLayout)}>
              As they were at first
            </Button>
            <Button variant="primary" onClick={() => setIsOpen(false)}>
              Done
            </Button>
          </>
        }
      >
        <ol className={styles.list}>
          {ordered.map((column, index) => (
            <li key={column.id} className={styles.row}>
              <label className={styles.name}>
                <input
                  type="checkbox"
                  checked={drawn.includes(column.id)}
                  disabled={drawn.length === 1 && drawn.includes(column.id)}
                  onChange={(event) =>
                    onLayout(showColumn(layout, column.id, event.target.checked))
                  }
                />
                {column.header}
              </label>
              <span className={styles.note}>
                {!drawn.includes(column.id) && layout.shown[column.id] !== false && 'no room'}
              </span>
              <input
                className={styles.width}
                type="number"
                min={leastColumnPx}
                step={8}
                aria-label={`Width of ${column.header} in pixels`}
                value={layout.widths[column.id] ?? column.width}
                onChange={({ target }) =>
                  onLayout(resizeColumn(layout, column.id, target.valueAsNumber || column.width))
                }
              />
              {[-1, 1].map((by) => (
                <IconButton
                  key={by}
                  icon={by < 0 ? 'arrowUp' : 'arrowDown'}
                  size="s"
                  label={`Move ${column.header} ${by < 0 ? 'forward' : 'back'}`}
                  aria-disabled={index + by < 0 || index + by >= ids.length}
                  onClick={() => onLayout({ ...layout, order: moveColumn(ids, column.id, { by }) })}
                />
              ))}
            </li>
          ))}
        </ol>
      </Dialog>
    </div>
  )
}
