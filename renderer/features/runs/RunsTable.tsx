import type { RunRow, RunSort } from '../../../shared/contract/runs.ts'
import { rowKey } from '../../state/runsStore.ts'
import { DataTable, type DataTableProps } from '../../ui/DataTable.tsx'
import type { TableSort } from '../../ui/DataTableHead.tsx'
import { columns } from './columns.tsx'

export type RunsTableProps = Pick<
  DataTableProps<RunRow>,
  'rows' | 'content' | 'onSelect' | 'onOpen' | 'onPeek' | 'onVisible'
> & {
  readonly selected: string | null
  readonly sort: RunSort
  readonly onSort: (sort: RunSort) => void
}

export function RunsTable(props: RunsTableProps) {
  const { onSort, ...rest } = props
  return (
    <DataTable
      {...rest}
      label="Runs"
      columns={columns}
      keyOf={rowKey}
      takesFocus={rest.rows.length > 0}
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
