import { useId } from 'react'
import type { Workspace } from '../../../shared/contract/workspace.ts'
import type { EditPlan } from '../../../shared/core/edit/editPlan.ts'
import type { StagedRun } from '../../state/editStore.ts'
import { useMask } from '../../state/useMask.ts'
import { ActionBar } from '../../ui/ActionBar.tsx'
import { Button } from '../../ui/Button.tsx'
import { CopyCommand } from '../../ui/CopyCommand.tsx'
import { ReasonField } from '../../ui/ReasonField.tsx'
import styles from './EditPage.module.css'

export type EditFooterProps = {
  readonly staged: StagedRun
  readonly plan: EditPlan
  /** The same as a command line; null: it cannot be said as one. */
  readonly command: string | null
  readonly isRefreshing: boolean
  readonly workspace: Workspace
  readonly onReason: (reason: string) => void
  readonly onDiscard: () => void
  readonly onApply: () => void
}

export function EditFooter(props: EditFooterProps) {
  const { staged, command, onReason, onDiscard, onApply } = props
  const id = useId()
  const mask = useMask()
  const why = whyNot(props)
  const isRequested = staged.work.kind === 'requested'
  const apply = () => {
    if (why === null) onApply()
  }
  return (
    <ActionBar
      actions={
        <>
          {command !== null && <CopyCommand text={command} shown={mask.text(command)} />}
          <Button variant="quiet" disabled={isRequested} onClick={onDiscard}>
            Discard
          </Button>
          <Button
            variant="primary"
            icon="check"
            busy={isRequested}
            disabled={why !== null && !isRequested}
            aria-describedby={id}
            onClick={apply}
          >
            Apply {staged.edits.length === 1 ? '1 edit' : `${staged.edits.length} edits`}
          </Button>
        </>
      }
    >
      <ReasonField value={staged.reason} onChange={onReason} onSubmit={apply} />
      <span id={id} className={styles.why} aria-live="polite">
        {why}
      </span>
    </ActionBar>
  )
}

function whyNot({ plan, staged, workspace, isRefreshing }: EditFooterProps): string | null {
  if (!workspace.writable) return workspace.readOnlyReason ?? 'This workspace is read-only.'
  if (isRefreshing) return 'The plan is being made again.'
  if (plan.meanwhile !== null) return 'The run changed: put the edits on it as it is, or discard.'
  if (!plan.ready) return 'It cannot be done like this: what forbids it stands beside the edits.'
  return staged.reason.trim() === '' ? 'Say why: it stands in the history of the run.' : null
}
