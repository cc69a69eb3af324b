import { useStore } from 'zustand'
import { RunSort, type RunRow } from '../../../shared/contract/runs.ts'
import { rowKey } from '../../state/runsStore.ts'
import { useStores } from '../../state/StoresProvider.tsx'
import { DataTable, type DataTableProps } from '../../ui/DataTable.tsx'
import type { TableSort } from '../../ui/DataTableHead.tsx'
import { readLayout, type TableLayout } from '../../ui/tableLayout.ts'
import { useMemo } from 'react'
import { columns } from './columns.tsx'

export type RunsTableProps = Pick<
  DataTableProps<RunRow>,
  'rows' | 'content' | 'onSelect' | 'onOpen' | 'onPeek' | 'onVisible' | 'selection'
> & {
  readonly selected: string | null
  readonly sort: RunSort
  readonly onSort: (sort: RunSort) => void
}

export function RunsTable(props: RunsTableProps) {
  const { onSort, ...rest } = props
  const { preferences } = useStores()
  const kept = useStore(preferences, ({ layouts }) => layouts['runs'] ?? null)
  const layout = useMemo(() => readLayout(kept), [kept])
  return (
    <DataTable
      {...rest}
      label="Runs"
      columns={sortableColumns}
      keyOf={rowKey}
      gistOf={gistOf}
      takesFocus={rest.rows.length > 0}
      layout={layout}
      onLayout={(next: TableLayout) =>
        preferences.getState().setLayout('runs', JSON.stringify(next))
      }
      onSort={(sort) => {
        const column = sortColumnOf(sort)
        if (column !== null) onSort({ column, descending: sort.descending })
      }}
    />
  )
}

const sortables: readonly string[] = RunSort.shape.column.options

/** Columns have the ids of the contract, and what the host sorts by can be sorted by here. */
const sortableColumns = columns.map((column) => ({
  ...column,
  sortable: sortables.includes(column.id),
}))

function sortColumnOf({ column }: TableSort): RunSort['column'] | null {
  return RunSort.shape.column.options.find((one) => one === column) ?? null
}

/** What of a run is worth a mark when it changes: not its age, which changes always. */
function gistOf(row: RunRow): string {
  const { status, health, liveness, reason, step, stepsDone, attempts, archived = false } = row
  return [status, health, liveness, reason.rule, step, stepsDone, attempts, archived].join(' ')
}
