import { useEffect } from 'react'
import type { Workspace } from '../../../shared/contract/workspace.ts'
import type { CleanupState } from '../../state/cleanupStore.ts'
import { ActionBar } from '../../ui/ActionBar.tsx'
import { Button } from '../../ui/Button.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { formatBytes } from '../../ui/formatBytes.ts'
import { Spinner } from '../../ui/Spinner.tsx'
import { BatchView } from '../../ui/BatchView.tsx'
import { trashColumns } from './trashColumns.tsx'
import styles from './CleanupPage.module.css'

export type TrashTabProps = { readonly state: CleanupState; readonly workspace: Workspace }

/** What was taken away, until when it can be restored, and the way back. */
export function TrashTab({ state, workspace }: TrashTabProps) {
  const { trash, selected, restore, loadTrash } = state
  useEffect(() => void loadTrash(), [loadTrash])

  if (trash.kind === 'loading') return <Spinner label="Opening the trash" />
  if (trash.kind === 'failed')
    return <ErrorPanel error={trash.error} onRetry={() => void loadTrash()} />

  const { entries } = trash
  const isAll = entries.length > 0 && selected.length === entries.length
  const sizeBytes = entries.reduce((sum, entry) => sum + entry.sizeBytes, 0)
  return (
    <div className={styles.preview}>
      <BatchView
        title="Restore"
        verb="Restoring runs"
        work={restore}
        sentence={`Restored: ${restore.kind === 'finished' ? doneCount(restore.rows) : 0}.`}
        onCancel={state.cancel}
      />
      {entries.length === 0 ? (
        <EmptyState icon="trash" title="The trash is empty">
          Runs that a clean-up takes away wait here until they expire.
        </EmptyState>
      ) : (
        <div className={styles.victims}>
          <DataTable
            label="Trash"
            columns={trashColumns({ selected, onSelect: state.select })}
            rows={entries}
            keyOf={(row) => row.id}
            onOpen={(row) => state.select([...new Set([...selected, row.id])])}
          />
        </div>
      )}
      <ActionBar>
        <p className={styles.sentence}>
          {entries.length.toLocaleString('en')} in the trash, {formatBytes(sizeBytes)}
          {!workspace.writable && (
            <span className={styles.reason}>
              {' '}
              · {workspace.readOnlyReason ?? 'This workspace is read-only.'}
            </span>
          )}
        </p>
        <Button
          disabled={entries.length === 0}
          onClick={() => state.select(isAll ? [] : entries.map((entry) => entry.id))}
        >
          {isAll ? 'Select none' : 'Select all'}
        </Button>
        <Button
          variant="primary"
          icon="undo"
          busy={restore.kind === 'running'}
          disabled={selected.length === 0 || !workspace.writable}
          onClick={() => void state.restoreSelected()}
        >
          Restore {selected.length} selected
        </Button>
      </ActionBar>
    </div>
  )
}

function doneCount(rows: readonly { readonly outcome: string }[]): number {
  return rows.filter((row) => row.outcome === 'done').length
}
