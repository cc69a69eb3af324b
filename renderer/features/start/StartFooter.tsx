import { useStore } from 'zustand'
import type { Workspace } from '../../../shared/contract/workspace.ts'
import type { StartStore, Workflow } from '../../state/startStore.ts'
import { useStores } from '../../state/StoresProvider.tsx'
import { ActionBar } from '../../ui/ActionBar.tsx'
import { Button } from '../../ui/Button.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { startCommand } from './startCommand.ts'
import styles from './StartPage.module.css'

export type StartFooterProps = {
  readonly store: StartStore
  readonly workflow: Workflow
  readonly workspace: Workspace
  /** How many fields are not right yet. */
  readonly missing: number
}

/** What would be started, or why it cannot be, and the button that does it. */
export function StartFooter({ store, workflow, workspace, missing }: StartFooterProps) {
  const { draft, work } = useStore(store)
  const { askTrust } = useStore(useStores().workspace)
  const isRefused = !workspace.trusted || !workspace.writable
  return (
    <ActionBar
      actions={
        <>
          <CopyButton text={startCommand(workflow, draft)} what="the command line" />
          {workspace.writable && !workspace.trusted && (
            <Button icon="shield" onClick={() => askTrust(true)}>
              Trust this workspace…
            </Button>
          )}
          <Button
            variant="primary"
            icon="play"
            type="submit"
            busy={work.kind === 'starting'}
            disabled={isRefused}
          >
            Start the workflow
          </Button>
        </>
      }
    >
      <div className={styles.summary}>
        {workspace.writable && !workspace.trusted && (
          <p className={styles.refused}>
            <Icon name="shield" size={14} />
            <span>
              This workspace is not trusted: a start executes its commands with your rights.
            </span>
          </p>
        )}
        {!workspace.writable && (
          <p className={styles.refused}>
            <Icon name="lock" size={14} />
            <span>{workspace.readOnlyReason ?? 'The workspace is read-only.'}</span>
          </p>
        )}
        {!isRefused && <p>{summaryOf(workflow, missing)}</p>}
      </div>
    </ActionBar>
  )
}

function summaryOf({ steps }: Workflow, missing: number): string {
  if (missing > 0)
    return missing === 1 ? 'One input is not right yet.' : `${missing} inputs are not right yet.`
  const external = steps.filter(({ sideEffects }) => sideEffects === 'external').length
  const effects =
    external === 0
      ? 'none of them is declared to do harm when repeated'
      : `${external} with an effect outside that a repetition may do again`
  return `${steps.length === 1 ? '1 step' : `${steps.length} steps`}, ${effects}.`
}
