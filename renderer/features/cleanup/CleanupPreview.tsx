import type { Workspace } from '../../../shared/contract/workspace.ts'
import type { CleanupPlan } from '../../../shared/core/cleanup/cleanupPlan.ts'
import { cleanupCommand } from '../../state/actionCommands.ts'
import { hasRule, readPolicy, type PolicyDraft } from '../../state/cleanupStore.ts'
import type { Planning } from '../../state/planning.ts'
import { ActionBar } from '../../ui/ActionBar.tsx'
import { Button } from '../../ui/Button.tsx'
import { CopyCommand } from '../../ui/CopyCommand.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { formatBytes } from '../../ui/formatBytes.ts'
import { Spinner } from '../../ui/Spinner.tsx'
import { KeptList } from './KeptList.tsx'
import { victimColumns } from './victimColumns.tsx'
import styles from './CleanupPage.module.css'

export type CleanupPreviewProps = {
  readonly draft: PolicyDraft
  readonly planning: Planning<CleanupPlan>
  readonly isBusy: boolean
  readonly workspace: Workspace
  readonly onRetry: () => void
  readonly onApply: () => void
}

/** What the policy as it stands in the form would take, and what it leaves. */
export function CleanupPreview(props: CleanupPreviewProps) {
  const { draft, planning, isBusy, workspace, onRetry, onApply } = props
  if (planning.kind === 'loading') return <Spinner label="Looking for runs to clean up" />
  if (planning.kind === 'failed') return <ErrorPanel error={planning.error} onRetry={onRetry} />

  const { plan } = planning.planned
  const count = plan.victims.length
  const { policy } = readPolicy(draft)
  const command = policy === null ? null : cleanupCommand(policy)
  const reason = whyNot({ draft, workspace, count, isRefreshing: planning.isRefreshing })
  return (
    <>
      {count === 0 ? (
        <EmptyState icon="check" title={hasRule(draft) ? 'Nothing to clean up' : 'No rule is on'}>
          {hasRule(draft)
            ? 'No run is chosen by the policy.'
            : 'Turn on a rule to see what it would choose.'}
        </EmptyState>
      ) : (
        <div className={styles.victims}>
          <DataTable
            label="Runs that would go to the trash"
            columns={victimColumns}
            rows={plan.victims}
            keyOf={(row) => row.run}
          />
        </div>
      )}
      <KeptList kept={plan.kept} />
      <ActionBar>
        <p className={styles.sentence} aria-live="polite">
          {countRuns(count)}, {formatBytes(plan.sizeBytes)}
          {reason !== null && <span className={styles.reason}> · {reason}</span>}
        </p>
        {command !== null && <CopyCommand text={command} />}
        <Button
          variant="primary"
          icon="trash"
          busy={isBusy}
          disabled={reason !== null && !isBusy}
          onClick={onApply}
        >
          Move {countRuns(count)} to the trash
        </Button>
      </ActionBar>
    </>
  )
}

function countRuns(count: number): string {
  return `${count.toLocaleString('en')} ${count === 1 ? 'run' : 'runs'}`
}

function whyNot(facts: {
  readonly draft: PolicyDraft
  readonly workspace: Workspace
  readonly count: number
  readonly isRefreshing: boolean
}): string | null {
  const { draft, workspace, count, isRefreshing } = facts
  if (readPolicy(draft).policy === null) return 'A rule has no valid number.'
  if (isRefreshing) return 'Looking again…'
  if (!workspace.writable) return workspace.readOnlyReason ?? 'This workspace is read-only.'
  return count === 0 ? 'There is nothing to move.' : null
}
