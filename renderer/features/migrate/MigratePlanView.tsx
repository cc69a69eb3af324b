import type { Workspace } from '../../../shared/contract/workspace.ts'
import { shownRow, type MigrateState } from '../../state/migrateStore.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { SplitPane } from '../../ui/SplitPane.tsx'
import { MigrationFailures } from './MigrationFailures.tsx'
import { MigrateFooter } from './MigrateFooter.tsx'
import { MigrationDetail } from './MigrationDetail.tsx'
import { migrationColumns } from './migrationColumns.tsx'
import styles from './MigratePage.module.css'

export type MigratePlanViewProps = {
  readonly document: string | null
  readonly state: MigrateState
  readonly workspace: Workspace
}

export function MigratePlanView({ document, state, workspace }: MigratePlanViewProps) {
  const { planning, selected } = state
  if (planning.kind === 'loading') return <Planning planning={planning} onStop={state.stopPlan} />
  if (planning.kind === 'failed')
    return <ErrorPanel error={planning.error} onRetry={() => void state.replan()} />

  const { plan } = planning.planned
  if (plan.rows.length === 0)
    return (
      <EmptyState icon="checkCircle" title="Nothing to migrate">
        Every document of this workspace has the current version, or is none that can be migrated.
      </EmptyState>
    )
  const shown = shownRow(plan, selected)
  const rows = plan.rows.toSorted((a, b) => Number(a.cause === null) - Number(b.cause === null))
  return (
    <>
      <MigrationFailures failures={plan.failures} onSelect={state.select} />
      <div className={styles.split}>
        <SplitPane
          label="Height of the list"
          direction="column"
          initial={Math.min(210, heightOf(rows.length))}
          min={90}
          max={500}
          start={
            <DataTable
              label="Old documents"
              columns={migrationColumns}
              rows={rows}
              keyOf={(row) => row.document}
              selected={shown?.document ?? null}
              onSelect={(row) => state.select(row.document)}
              toneOf={(row) => (row.problem === null ? undefined : 'bad')}
              takesFocus
            />
          }
          end={
            shown !== undefined && (
              <MigrationDetail
                key={shown.document}
                row={shown}
                view={state.view}
                onRetry={() => void state.readView()}
              />
            )
          }
        />
      </div>
      <MigrateFooter
        document={document}
        count={plan.migratable}
        total={plan.total}
        isReady={plan.ready}
        isRefreshing={planning.isRefreshing}
        isRunning={state.work.kind === 'running' || state.rollback.kind === 'running'}
        workspace={workspace}
        onMigrate={() => void state.apply()}
      />
    </>
  )
}

/** Of a table with so many rows and its head: a few need no more room. */
function heightOf(rows: number): number {
  return 30 * (rows + 1) + 4
}

type PlanningProps = {
  readonly planning: MigrateState['planning'] & { readonly kind: 'loading' }
  readonly onStop: () => void
}

/** Of a few documents the plan is there before anybody reads how far it is. */
function Planning({ planning: { progress }, onStop }: PlanningProps) {
  if (progress === undefined) return <Spinner label="Looking for old documents" />
  return (
    <div className={styles.planning}>
      <ProgressBar label="Planning" {...progress} onCancel={onStop} />
    </div>
  )
}
