import { useId } from 'react'
import type { Workspace } from '../../../shared/contract/workspace.ts'
import { CleanupSchedule } from '../../../shared/schema/settings.ts'
import { isDays, isUnsaved } from '../../state/cleanupKeeping.ts'
import type { CleanupState } from '../../state/cleanupStore.ts'
import { hasRule, readPolicy } from '../../state/policyDraft.ts'
import { encodeRoute } from '../../state/route.ts'
import { Button } from '../../ui/Button.tsx'
import { NumberInput } from '../../ui/NumberInput.tsx'
import { Select } from '../../ui/Select.tsx'
import styles from './PolicyForm.module.css'

export type KeepPolicyProps = { readonly state: CleanupState; readonly workspace: Workspace }

/** Keeps the policy in `unstuck.json`, and says whether a host does it by itself. */
export function KeepPolicy({ state, workspace }: KeepPolicyProps) {
  const { keeping, schedule, trashDays, draft } = state
  const daysId = useId()
  if (keeping.kind === 'loading') return null
  const why = whyNot(state, workspace)
  return (
    <section className={styles.keep} aria-label="Keep this policy">
      <div className={styles.keepFields}>
        <Select
          label="By itself"
          value={schedule}
          options={CleanupSchedule.options.map((value) => ({ value, label: labels[value] }))}
          onChange={state.setSchedule}
        />
        <span className={styles.keepDays}>
          <label htmlFor={daysId}>Trash, days</label>
          <NumberInput
            id={daysId}
            value={trashDays}
            isInvalid={!isDays(trashDays)}
            onChange={state.setTrashDays}
          />
        </span>
      </div>
      {schedule !== 'off' && (
        <p className={styles.note}>
          {workspace.trusted
            ? 'A host that has this workspace open does it, one at a time.'
            : 'Nothing is done by itself until you trust this workspace.'}
          {!hasRule(draft) && ' No rule is on, so nothing would go.'}
        </p>
      )}
      <div className={styles.keepActions}>
        <Button
          icon="check"
          busy={keeping.kind === 'ready' && keeping.saving === 'running'}
          disabled={why !== null}
          onClick={() => void state.save()}
        >
          Keep this policy
        </Button>
        <a className={styles.note} href={encodeRoute({ kind: 'settings', text: 'cleanup.' })}>
          In settings
        </a>
      </div>
      <output className={styles.note}>{why}</output>
      {keeping.kind === 'failed' && <p className={styles.problem}>{keeping.error.message}</p>}
      {keeping.kind === 'ready' && keeping.problem !== null && (
        <p className={styles.problem}>{keeping.problem.message}</p>
      )}
    </section>
  )
}

function whyNot(state: CleanupState, workspace: Workspace): string | null {
  const { keeping, draft, trashDays } = state
  if (keeping.kind !== 'ready') return 'The settings could not be read.'
  if (!workspace.writable) return workspace.readOnlyReason ?? 'This workspace is read-only.'
  if (keeping.settings.problem !== null) return keeping.settings.problem
  if (readPolicy(draft).policy === null || !isDays(trashDays)) return 'A rule has no valid number.'
  if (isUnsaved(state)) return null
  return keeping.saving === 'saved' ? 'Kept in unstuck.json.' : 'As it is in unstuck.json.'
}

const labels: { readonly [S in CleanupSchedule]: string } = {
  off: 'Never',
  hourly: 'Every hour',
  daily: 'Every day',
  weekly: 'Every week',
}
