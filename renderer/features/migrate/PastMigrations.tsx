import { useStore } from 'zustand'
import { useClient } from '../../client/ClientProvider.tsx'
import type { Workspace } from '../../../shared/contract/workspace.ts'
import { rollBackCommand } from '../../state/actionCommands.ts'
import { createPastMigrationsStore, freeToRollBack } from '../../state/pastMigrationsStore.ts'
import { runRoute } from '../../state/route.ts'
import { useNavigation } from '../../state/useNavigation.ts'
import { usePageStore } from '../../state/usePageStore.ts'
import { ActionBar } from '../../ui/ActionBar.tsx'
import { BatchView } from '../../ui/BatchView.tsx'
import { Button } from '../../ui/Button.tsx'
import { CopyCommand } from '../../ui/CopyCommand.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import styles from './MigratePage.module.css'
import { pastColumns } from './pastColumns.tsx'

export type PastMigrationsProps = { readonly workspace: Workspace }

/** What was migrated before, and the way back: the old document returns, the run goes to the trash. */
export function PastMigrations({ workspace }: PastMigrationsProps) {
  const client = useClient()
  const { go } = useNavigation()
  const store = usePageStore('past', () => createPastMigrationsStore(client))
  const { past, selected, work, read, select, rollBack, cancel } = useStore(store)
  if (past.kind === 'loading') return <Spinner label="Looking for earlier migrations" />
  if (past.kind === 'failed') return <ErrorPanel error={past.error} onRetry={() => void read()} />

  const { rows, total } = past.value
  const free = freeToRollBack(past.value)
  const chosen = rows.find(({ run }) => run === selected) ?? rows[0]
  const isRunning = work.kind === 'running'
  const why = workspace.writable
    ? null
    : (workspace.readOnlyReason ?? 'This workspace is read-only.')
  const done = work.kind === 'finished' ? work.rows.filter(({ outcome }) => outcome === 'done') : []
  return (
    <div className={styles.past}>
      <BatchView
        title="Roll back"
        verb="Putting the old documents back"
        work={work}
        sentence={`Rolled back: ${done.length}. The migrated runs are in the trash.`}
        onCancel={cancel}
      />
      {rows.length === 0 ? (
        <EmptyState icon="history" title="Nothing was migrated">
          Runs that were migrated stand here until they are rolled back.
        </EmptyState>
      ) : (
        <>
          <div className={styles.split}>
            <DataTable
              label="Earlier migrations"
              columns={pastColumns}
              rows={rows}
              keyOf={(row) => row.run}
              selected={chosen?.run ?? null}
              onSelect={(row) => select(row.run)}
              onOpen={(row) => go(runRoute(row.run))}
              toneOf={(row) => (row.problem === null ? undefined : 'bad')}
            />
          </div>
          <ActionBar
            actions={
              <>
                {chosen !== undefined && <CopyCommand text={rollBackCommand(chosen.run)} />}
                <Button
                  variant="primary"
                  icon="undo"
                  disabled={why !== null || isRunning || chosen?.problem !== null}
                  onClick={() => void (chosen && rollBack([chosen.run]))}
                >
                  Roll back {chosen?.run}
                </Button>
                <Button
                  icon="undo"
                  busy={isRunning}
                  disabled={
                    !isRunning && (why !== null || free.length === 0 || rows.length < total)
                  }
                  onClick={() => void rollBack(free)}
                >
                  Roll back all {free.length.toLocaleString('en')}
                </Button>
              </>
            }
          >
            <p className={styles.sentence} aria-live="polite">
              {`${total.toLocaleString('en')} migrated, ${free.length.toLocaleString('en')} can be rolled back`}
              {rows.length < total && `, ${rows.length.toLocaleString('en')} looked at`}
              {why !== null && <span className={styles.reason}> · {why}</span>}
            </p>
          </ActionBar>
        </>
      )}
    </div>
  )
}
