import { useId } from 'react'
import type { Workspace } from '../../../shared/contract/workspace.ts'
import type { RepairPlan } from '../../../shared/core/repair/repairPlan.ts'
import { repairCommand, type RepairChoices } from '../../state/actionCommands.ts'
import { ActionBar } from '../../ui/ActionBar.tsx'
import { Button } from '../../ui/Button.tsx'
import { CopyCommand } from '../../ui/CopyCommand.tsx'
import { repairSentence } from './repairSentence.ts'
import styles from './RepairScreen.module.css'

export type RepairFooterProps = {
  readonly document: string
  readonly choices: RepairChoices
  readonly plan: RepairPlan
  readonly isRefreshing: boolean
  readonly isRequested: boolean
  readonly workspace: Workspace
  readonly onApply: () => void
}

export function RepairFooter(props: RepairFooterProps) {
  const { document, choices, plan, isRefreshing, isRequested, workspace, onApply } = props
  const id = useId()
  const reason = whyNot(plan, workspace, isRefreshing)
  return (
    <ActionBar
      actions={
        <>
          <CopyCommand text={repairCommand(document, choices)} />
          <Button
            variant="primary"
            icon="wrench"
            busy={isRequested}
            disabled={reason !== null && !isRequested}
            aria-describedby={id}
            onClick={onApply}
          >
            Apply repair
          </Button>
        </>
      }
    >
      <p className={styles.summary}>
        <strong>
          {plan.proposed === null
            ? 'Nothing would be written.'
            : `${repairSentence(plan)} The original is backed up first.`}
        </strong>
        <span id={id} className={styles.reason} aria-live="polite">
          {reason}
        </span>
      </p>
    </ActionBar>
  )
}

function whyNot(plan: RepairPlan, workspace: Workspace, isRefreshing: boolean): string | null {
  if (!workspace.writable) return workspace.readOnlyReason ?? 'This workspace is read-only.'
  if (isRefreshing) return 'The plan is being made again.'
  if (plan.problems[0] !== undefined) return plan.problems[0]
  return plan.ready ? null : 'The plan cannot be carried out: nothing would be better than now.'
}
