import type { OperationEntry } from '../../../shared/contract/upkeep.ts'
import type { OperationsState } from '../../state/operationsStore.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { SplitPane } from '../../ui/SplitPane.tsx'
import { OperationPane } from './OperationPane.tsx'
import { operationColumns } from './operationColumns.tsx'

export type OperationsTableProps = {
  readonly state: OperationsState
  readonly selected: string | null
  readonly onSelect: (key: string) => void
}

/** The entries, newest first, and all that is known of the one that is chosen; at first that is the newest. */
export function OperationsTable({ state, selected, onSelect }: OperationsTableProps) {
  const { list, filter, undo, readMore, takeBack } = state
  const operations = list.kind === 'ready' ? list.value.operations : []
  const chosen = operations.find((one) => keyOf(one) === selected) ?? operations[0]
  return (
    <SplitPane
      label="Width of the operation"
      direction="row"
      fixed="end"
      initial={320}
      min={300}
      start={
        <DataTable
          label="Operations"
          columns={operationColumns}
          rows={operations}
          content={filter}
          keyOf={keyOf}
          selected={chosen === undefined ? null : keyOf(chosen)}
          onSelect={(row) => onSelect(keyOf(row))}
          onVisible={(_, last) => {
            if (last >= operations.length - 1) void readMore()
          }}
          takesFocus
        />
      }
      end={
        chosen === undefined ? null : (
          <OperationPane
            key={keyOf(chosen)}
            operation={chosen}
            isBusy={undo.kind === 'running'}
            onSelect={onSelect}
            onUndo={(reason) => void takeBack(chosen, reason)}
          />
        )
      }
    />
  )
}

/** Lines of older versions have no id. */
function keyOf({ id, requestedAt, observedAt, call, item }: OperationEntry): string {
  return id ?? [requestedAt, observedAt, call, item].join(' ')
}
