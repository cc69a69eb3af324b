import {
  columnFilteringFeature,
  createFilteredRowModel,
  createSortedRowModel,
  filterFn_includesString,
  globalFilteringFeature,
  rowSortingFeature,
  sortFn_basic,
  tableFeatures,
  useTable,
  type ColumnDef,
} from '@tanstack/react-table'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef } from 'react'
import { columns } from '../../../../renderer/features/runs/columns.tsx'
import styles from '../../../../renderer/ui/DataTable.module.css'
import type { RunRow } from '../../../../shared/contract/runs.ts'
import { columnText } from './columnText.ts'
import { PeerRow } from './PeerRow.tsx'

export type PeerTableProps = { readonly rows: readonly RunRow[]; readonly text: string }

const features = tableFeatures({
  columnFilteringFeature,
  globalFilteringFeature,
  rowSortingFeature,
  filteredRowModel: createFilteredRowModel(),
  sortedRowModel: createSortedRowModel(),
  filterFns: { includesString: filterFn_includesString },
  sortFns: { basic: sortFn_basic },
})

const definitions: ColumnDef<typeof features, RunRow>[] = columns.map(
  ({ id, header, sortable }) => ({
    id,
    header,
    accessorFn: (row) => columnText(row, id),
    sortFn: 'basic',
    enableSorting: sortable === true,
  }),
)
const rowPx = 30

/** As its documentation has it: row models of the table, rows by the virtualizer, and rows that remember what they drew. */
export function PeerTable({ rows, text }: PeerTableProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const table = useTable({
    features,
    columns: definitions,
    data: rows,
    getRowId: (row) => row.ref.document,
    globalFilterFn: 'includesString',
    state: { globalFilter: text },
    initialState: { sorting: [{ id: 'updatedAt', desc: true }] },
  })
  const model = table.getRowModel().rows
  const virtual = useVirtualizer({
    count: model.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: 12,
  })
  const items = virtual.getVirtualItems()
  const beforePx = items[0]?.start ?? 0
  const afterPx = virtual.getTotalSize() - (items.at(-1)?.end ?? 0)
  return (
    <div ref={scroller} className={styles.scroller} style={{ blockSize: 'calc(100vh - 90px)' }}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- as the table it stands beside */}
      <table role="grid" aria-rowcount={model.length + 1} className={styles.table}>
        <colgroup>
          {columns.map((column) => (
            <col key={column.id} style={{ inlineSize: column.width }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.id} className={styles.header}>
                {column.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr style={{ blockSize: beforePx }} />
          {items.map(({ index }) => {
            const row = model[index]
            return row && <PeerRow key={row.id} index={index} row={row.original} />
          })}
          <tr style={{ blockSize: afterPx }} />
        </tbody>
      </table>
    </div>
  )
}
