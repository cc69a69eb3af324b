import { useState } from 'react'
import type { Workspace } from '../../../shared/contract/workspace.ts'
import type { CleanupPlan } from '../../../shared/core/cleanup/cleanupPlan.ts'
import { cleanupCommand } from '../../state/actionCommands.ts'
import type { CleanupState } from '../../state/cleanupStore.ts'
import { hasRule, readPolicy, type PolicyDraft } from '../../state/policyDraft.ts'
import { ActionBar } from '../../ui/ActionBar.tsx'
import { Button } from '../../ui/Button.tsx'
import { CopyCommand } from '../../ui/CopyCommand.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { EncryptChoice } from '../../ui/EncryptChoice.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { formatBytes } from '../../ui/formatBytes.ts'
import { givenPassphrase, noPassphrase } from '../../ui/passphraseDraft.ts'
import { Spinner } from '../../ui/Spinner.tsx'
import { KeptList } from './KeptList.tsx'
import { victimColumns } from './victimColumns.tsx'
import styles from './CleanupPage.module.css'

export type CleanupPreviewProps = {
  readonly state: CleanupState
  readonly isBusy: boolean
  readonly workspace: Workspace
}

/** What the policy as it stands in the form would take, and what it leaves. */
export function CleanupPreview({ state, isBusy, workspace }: CleanupPreviewProps) {
  const { draft, planning, victims, looked } = state
  const [secret, setSecret] = useState(noPassphrase)
  if (planning.kind === 'loading') return <Spinner label={lookingLabel(looked)} />
  if (planning.kind === 'failed')
    return <ErrorPanel error={planning.error} onRetry={() => void state.replan()} />

  const { plan } = planning.planned
  const { policy } = readPolicy(draft)
  const archives = plan.sums.archive.count > 0
  const passphrase = archives ? givenPassphrase(secret) : null
  const command = policy === null ? null : cleanupCommand(policy, { encrypts: passphrase !== null })
  const reason = whyNot({
    draft,
    workspace,
    count: plan.total,
    looked: planning.isRefreshing ? lookingLabel(looked) : null,
    isSecretMissing: archives && passphrase === undefined,
  })
  return (
    <>
      {plan.total === 0 ? (
        <EmptyState icon="check" title={hasRule(draft) ? 'Nothing to clean up' : 'No rule is on'}>
          {hasRule(draft)
            ? 'No run is chosen by the policy.'
            : 'Turn on a rule to see what it would choose.'}
        </EmptyState>
      ) : (
        <div className={styles.victims}>
          <DataTable
            label="Runs that would go"
            columns={victimColumns}
            rows={{
              length: plan.total,
              at: (index) => victims[index] ?? null,
              findIndex: (test) => victims.findIndex((victim) => test(victim ?? null)),
            }}
            content={planning.planned.digest}
            keyOf={(row) => row.run}
            onVisible={state.showVictims}
          />
        </div>
      )}
      <KeptList kept={plan.kept} />
      {archives && (
        <div className={styles.secret}>
          <EncryptChoice draft={secret} onChange={setSecret} />
        </div>
      )}
      <ActionBar
        actions={
          <>
            {command !== null && <CopyCommand text={command} />}
            <Button
              variant="primary"
              icon="trash"
              busy={isBusy}
              disabled={reason !== null && !isBusy}
              onClick={() => void state.apply(passphrase)}
            >
              {buttonLabel(plan)}
            </Button>
          </>
        }
      >
        <p className={styles.sentence} aria-live="polite">
          {sumsOf(plan)}
          {reason !== null && <span className={styles.reason}> · {reason}</span>}
        </p>
      </ActionBar>
    </>
  )
}

function lookingLabel(looked: CleanupState['looked']): string {
  if (looked === null) return 'Looking for runs to clean up'
  return `Looking for checkpoints, ${looked.done.toLocaleString('en')} of ${looked.total.toLocaleString('en')} runs`
}

function countRuns(count: number): string {
  return `${count.toLocaleString('en')} ${count === 1 ? 'run' : 'runs'}`
}

function sumsOf({ sums }: CleanupPlan): string {
  const { trash, archive, thin } = sums
  const told = [
    ...(trash.count > 0 || archive.count + thin.count === 0
      ? [`${countRuns(trash.count)} to the trash, ${formatBytes(trash.sizeBytes)}`]
      : []),
    ...(archive.count > 0
      ? [`${countRuns(archive.count)} to the archive, ${formatBytes(archive.sizeBytes)} before`]
      : []),
    ...(thin.count > 0
      ? [`${countRuns(thin.count)} thinned by ${formatBytes(thin.sizeBytes)}`]
      : []),
  ]
  return told.join('; ')
}

function buttonLabel({ sums, total }: CleanupPlan): string {
  if (sums.trash.count === total) return `Move ${countRuns(total)} to the trash`
  if (sums.archive.count === total) return `Archive ${countRuns(total)}`
  if (sums.thin.count === total) return `Thin ${countRuns(total)}`
  return `Clean up ${countRuns(total)}`
}

function whyNot(facts: {
  readonly draft: PolicyDraft
  readonly workspace: Workspace
  readonly count: number
  readonly looked: string | null
  readonly isSecretMissing: boolean
}): string | null {
  const { draft, workspace, count, looked, isSecretMissing } = facts
  if (readPolicy(draft).policy === null) return 'A rule has no valid number.'
  if (looked !== null) return `${looked}…`
  if (!workspace.writable) return workspace.readOnlyReason ?? 'This workspace is read-only.'
  if (isSecretMissing) return 'The passphrase is wanted, twice.'
  return count === 0 ? 'There is nothing to move.' : null
}
