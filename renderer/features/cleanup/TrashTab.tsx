import { useEffect, useState } from 'react'
import type { Workspace } from '../../../shared/contract/workspace.ts'
import type { PurgePlan } from '../../../shared/contract/upkeep.ts'
import { restoreCommand } from '../../state/actionCommands.ts'
import type { CleanupState } from '../../state/cleanupStore.ts'
import type { BatchWork } from '../../state/planning.ts'
import { ActionBar } from '../../ui/ActionBar.tsx'
import { Button } from '../../ui/Button.tsx'
import { CopyCommand } from '../../ui/CopyCommand.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { formatBytes } from '../../ui/formatBytes.ts'
import { Spinner } from '../../ui/Spinner.tsx'
import { Banner } from '../../ui/Banner.tsx'
import { BatchView } from '../../ui/BatchView.tsx'
import { PurgeDialog } from './PurgeDialog.tsx'
import { trashColumns } from './trashColumns.tsx'
import styles from './CleanupPage.module.css'

export type TrashTabProps = { readonly state: CleanupState; readonly workspace: Workspace }

/** What was taken away, until when it can be restored, and the way back. */
export function TrashTab({ state, workspace }: TrashTabProps) {
  const { trash, selected, restore, loadTrash } = state
  const [isAsking, setAsking] = useState(false)
  useEffect(() => void loadTrash(), [loadTrash])

  if (trash.kind === 'loading') return <Spinner label="Opening the trash" />
  if (trash.kind === 'failed')
    return <ErrorPanel error={trash.error} onRetry={() => void loadTrash()} />

  const { entries, purge } = trash
  const { victims, leftPurges } = purge.plan
  const expired = new Set(victims.map(({ id }) => id))
  const isBusy = restore.kind === 'running' || state.purged.kind === 'running'
  const isAll = entries.length > 0 && selected.length === entries.length
  const sizeBytes = entries.reduce((sum, entry) => sum + entry.sizeBytes, 0)
  return (
    <div className={styles.preview}>
      {state.trashNotice !== null && (
        <Banner tone="warn" icon="refresh">
          {state.trashNotice}
        </Banner>
      )}
      {leftPurges.length > 0 && (
        <LeftPurges
          left={leftPurges}
          isDisabled={!workspace.writable || isBusy}
          onFinish={() => void state.purgeExpired(purge)}
          isAlone={victims.length === 0}
        />
      )}
      <BatchView
        title="Delete for good"
        verb="Deleting expired entries"
        work={state.purged}
        sentence={purgedSentence(state.purged)}
        onCancel={state.cancel}
      />
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
            columns={trashColumns({ selected, onSelect: state.select, expired })}
            rows={entries}
            keyOf={(row) => row.id}
            onOpen={(row) => state.select([...new Set([...selected, row.id])])}
          />
        </div>
      )}
      <ActionBar
        actions={
          <>
            {selected.length > 0 && <CopyCommand text={restoreCommand(selected)} />}
            <Button
              disabled={entries.length === 0}
              onClick={() => state.select(isAll ? [] : entries.map((entry) => entry.id))}
            >
              {isAll ? 'Select none' : 'Select all'}
            </Button>
            {victims.length > 0 && (
              <Button
                icon="trash"
                busy={state.purged.kind === 'running'}
                disabled={!workspace.writable || restore.kind === 'running'}
                onClick={() => setAsking(true)}
              >
                Delete {victims.length.toLocaleString('en')} expired for good,{' '}
                {formatBytes(purge.plan.sizeBytes)}
              </Button>
            )}
            <Button
              variant="primary"
              icon="undo"
              busy={restore.kind === 'running'}
              disabled={
                selected.length === 0 || !workspace.writable || state.purged.kind === 'running'
              }
              onClick={() => void state.restoreSelected()}
            >
              Restore {selected.length} selected
            </Button>
          </>
        }
      >
        <p className={styles.sentence}>
          {entries.length.toLocaleString('en')} in the trash, {formatBytes(sizeBytes)}
          {!workspace.writable && (
            <span className={styles.reason}>
              · {workspace.readOnlyReason ?? 'This workspace is read-only.'}
            </span>
          )}
        </p>
      </ActionBar>
      <PurgeDialog
        open={isAsking}
        plan={purge.plan}
        onClose={() => setAsking(false)}
        onConfirm={() => {
          setAsking(false)
          void state.purgeExpired(purge)
        }}
      />
    </div>
  )
}

type LeftPurgesProps = {
  readonly left: PurgePlan['leftPurges']
  readonly isDisabled: boolean
  /** Nothing else would be deleted with them. */
  readonly isAlone: boolean
  readonly onFinish: () => void
}

function LeftPurges({ left, isDisabled, isAlone, onFinish }: LeftPurgesProps) {
  const files = left.reduce((sum, entry) => sum + entry.files, 0)
  const sizeBytes = left.reduce((sum, entry) => sum + entry.sizeBytes, 0)
  return (
    <Banner
      tone="warn"
      icon="alert"
      actions={
        isAlone && (
          <Button size="s" disabled={isDisabled} onClick={onFinish}>
            Delete the rest
          </Button>
        )
      }
    >
      {left.length === 1 ? 'A deletion was' : `${left.length} deletions were`} cut short: {files}{' '}
      {files === 1 ? 'file is' : 'files are'} left, {formatBytes(sizeBytes)}.
      {!isAlone && ' They go with what has expired.'}
    </Banner>
  )
}

function purgedSentence(work: BatchWork): string {
  if (work.kind !== 'finished') return ''
  return `Deleted for good: ${doneCount(work.rows)} (${formatBytes(work.freedBytes ?? 0)}).`
}

function doneCount(rows: readonly { readonly outcome: string }[]): number {
  return rows.filter((row) => row.outcome === 'done').length
}
