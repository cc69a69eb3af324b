import type { EngineCleanupPlan } from '../../../shared/contract/engineCleanup.ts'
import type { Workspace } from '../../../shared/contract/workspace.ts'
import { engineCleanupCommand } from '../../state/actionCommands.ts'
import { readLimits, type EngineLimits } from '../../state/engineCleanupStore.ts'
import type { Planning } from '../../state/planning.ts'
import { ActionBar } from '../../ui/ActionBar.tsx'
import { Button } from '../../ui/Button.tsx'
import { CopyCommand } from '../../ui/CopyCommand.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { formatBytes } from '../../ui/formatBytes.ts'
import { Spinner } from '../../ui/Spinner.tsx'
import { engineColumns } from './engineColumns.tsx'
import styles from './CleanupPage.module.css'

export type EnginesPreviewProps = {
  readonly limits: EngineLimits
  readonly planning: Planning<EngineCleanupPlan>
  readonly isBusy: boolean
  readonly workspace: Workspace
  readonly onRetry: () => void
  readonly onApply: () => void
}

/** File by file what would go and what stays, with the rule that says so. */
export function EnginesPreview(props: EnginesPreviewProps) {
  const { limits, planning, isBusy, workspace, onRetry, onApply } = props
  if (planning.kind === 'loading') return <Spinner label="Looking at the state of other engines" />
  if (planning.kind === 'failed') return <ErrorPanel error={planning.error} onRetry={onRetry} />

  const { plan } = planning.planned
  const { files, sizeBytes, staying } = totalOf(plan)
  const { input } = readLimits(limits)
  const reason = whyNot({ limits, workspace, files, isRefreshing: planning.isRefreshing })
  const notShown = files + staying - plan.rows.length
  return (
    <>
      {plan.rows.length === 0 ? (
        <Nothing engines={plan.engines.map(({ engine }) => engine)} />
      ) : (
        <div className={styles.victims}>
          <DataTable
            label="Files of other engines"
            columns={engineColumns}
            rows={plan.rows}
            keyOf={(row) => row.path}
            toneOf={(row) => (row.goes ? 'warn' : undefined)}
          />
        </div>
      )}
      <ActionBar
        actions={
          <>
            {input !== null && <CopyCommand text={engineCleanupCommand(input)} />}
            <Button
              variant="primary"
              icon="trash"
              busy={isBusy}
              disabled={reason !== null && !isBusy}
              onClick={onApply}
            >
              Move {countFiles(files)} to the trash
            </Button>
          </>
        }
      >
        <p className={styles.sentence} aria-live="polite">
          {countFiles(files)}, {formatBytes(sizeBytes)}; {staying.toLocaleString('en')} stay
          {notShown > 0 && ` (${notShown.toLocaleString('en')} are not shown)`}
          {reason !== null && <span className={styles.reason}> · {reason}</span>}
        </p>
      </ActionBar>
    </>
  )
}

function Nothing({ engines }: { readonly engines: readonly string[] }) {
  return engines.length === 0 ? (
    <EmptyState icon="check" title="No state of another engine">
      Nothing in this workspace was written by AWF, MARSYS, multyagents, tapps-agents or
      task-runner.
    </EmptyState>
  ) : (
    <EmptyState icon="check" title="Nothing to clean up">
      {engines.join(', ')}: no rule takes anything here.
    </EmptyState>
  )
}

function totalOf({ total, rows }: EngineCleanupPlan) {
  if (total !== undefined) return total
  const victims = rows.filter(({ goes }) => goes)
  const sizeBytes = victims.reduce((sum, row) => sum + row.sizeBytes, 0)
  return { files: victims.length, sizeBytes, staying: rows.length - victims.length }
}

function countFiles(count: number): string {
  return `${count.toLocaleString('en')} ${count === 1 ? 'file' : 'files'}`
}

function whyNot(facts: {
  readonly limits: EngineLimits
  readonly workspace: Workspace
  readonly files: number
  readonly isRefreshing: boolean
}): string | null {
  const { limits, workspace, files, isRefreshing } = facts
  if (readLimits(limits).input === null) return 'A limit is no valid number.'
  if (isRefreshing) return 'Looking again…'
  if (!workspace.writable) return workspace.readOnlyReason ?? 'This workspace is read-only.'
  return files === 0 ? 'There is nothing to move.' : null
}
