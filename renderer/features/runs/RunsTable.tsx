import type { RunRow, RunSort } from '../../../shared/contract/runs.ts'
import { rowKey } from '../../state/runsStore.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import type { TableSort } from '../../ui/DataTableHead.tsx'
import { columns } from './columns.tsx'

export type RunsTableProps = {
  readonly rows: readonly (RunRow | null)[]
  readonly selected: string | null
  readonly sort: RunSort
  readonly onSort: (sort: RunSort) => void
  readonly onSelect: (row: RunRow) => void
  readonly onOpen: (row: RunRow) => void
  readonly onPeek: () => void
  readonly onVisible: (first: number, last: number) => void
}

export function RunsTable(props: RunsTableProps) {
  const { onSort, ...rest } = props
  return (
    <DataTable
      {...rest}
      label="Runs"
      columns={columns}
      keyOf={rowKey}
      takesFocus
      onSort={(sort) => {
        if (isSortable(sort)) onSort(sort)
      }}
    />
  )
}

/** Only sortable columns offer a sort, and their ids are those of the contract. */
function isSortable(sort: TableSort): sort is RunSort {
  return columns.some((column) => column.sortable === true && column.id === sort.column)
}
