import { useMemo } from 'react'
import { useStore } from 'zustand'
import { RunSort, type RunRow } from '../../../shared/contract/runs.ts'
import { home, type ListRoute } from '../../state/route.ts'
import { rowKey } from '../../state/runsStore.ts'
import { useStores } from '../../state/StoresProvider.tsx'
import { DataTable, type DataTableProps } from '../../ui/DataTable.tsx'
import type { TableSort } from '../../ui/DataTableHead.tsx'
import { readLayout, type TableLayout } from '../../ui/tableLayout.ts'
import { choiceOf, layoutOf } from './columnChoice.ts'
import { columns } from './columns.tsx'

export type RunsTableProps = Pick<
  DataTableProps<RunRow>,
  'rows' | 'content' | 'whenCurrent' | 'onSelect' | 'onOpen' | 'onPeek' | 'onVisible' | 'selection'
> & {
  readonly selected: string | null
  readonly sort: RunSort
}

export function RunsTable(props: RunsTableProps) {
  const { preferences, navigation } = useStores()
  const chosen = useStore(navigation, ({ route }) =>
    'columns' in route ? route.columns : undefined,
  )
  const kept = useStore(preferences, ({ layouts }) => layouts['runs'] ?? null)
  const layout = useMemo(
    () => (chosen === undefined ? readLayout(kept) : layoutOf(chosen, columns)),
    [chosen, kept],
  )
  /** What is asked for in the address now, with a change. */
  const asked = (change: Partial<ListRoute>): ListRoute => {
    const { route } = navigation.getState()
    return { ...(route.kind === 'runs' ? route : home), ...change }
  }
  return (
    <DataTable
      {...props}
      label="Runs"
      columns={sortableColumns}
      keyOf={rowKey}
      gistOf={gistOf}
      takesFocus={props.rows.length > 0}
      layout={layout}
      onLayout={(next: TableLayout) => {
        preferences.getState().setLayout('runs', JSON.stringify(next))
        const { columns: _before, ...route } = asked({})
        const now = choiceOf(next, columns)
        // No step back for each pixel.
        navigation.getState().replace(now === null ? route : { ...route, columns: now })
      }}
      onSort={(sort) => {
        const column = sortColumnOf(sort)
        if (column === null) return
        const { pinnedFirst } = props.sort
        const pinned = pinnedFirst === undefined ? {} : { pinnedFirst }
        navigation
          .getState()
          .go(asked({ sort: { column, descending: sort.descending, ...pinned } }))
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
  const { status, health, liveness, reason, step, stepsDone, attempts } = row
  const { archived = false, flaws = 0 } = row
  const told = [status, health, liveness, reason.rule, step, stepsDone, attempts, archived, flaws]
  return told.join(' ')
}
