import type { Workspace } from '../../../shared/contract/workspace.ts'
import type { CleanupState } from '../../state/cleanupStore.ts'
import { Banner } from '../../ui/Banner.tsx'
import { CleanupOutcome } from './CleanupOutcome.tsx'
import { CleanupPreview } from './CleanupPreview.tsx'
import { KeepPolicy } from './KeepPolicy.tsx'
import { LastScheduled } from './LastScheduled.tsx'
import { PolicyForm } from './PolicyForm.tsx'
import styles from './CleanupPage.module.css'

export type PolicyTabProps = {
  readonly state: CleanupState
  readonly workspace: Workspace
  /** Names of workflows that have runs. */
  readonly workflows: readonly string[]
}

export function PolicyTab({ state, workspace, workflows }: PolicyTabProps) {
  const { keeping } = state
  return (
    <div className={styles.policy}>
      <div className={styles.policySide}>
        <PolicyForm
          draft={state.draft}
          workflows={workflows}
          onChange={state.setRule}
          onOverride={state.setOverride}
        />
        <KeepPolicy state={state} workspace={workspace} />
      </div>
      <div className={styles.preview}>
        {state.notice !== null && (
          <Banner tone="warn" icon="refresh">
            {state.notice}
          </Banner>
        )}
        {keeping.kind === 'ready' && <LastScheduled last={keeping.settings.lastRun} />}
        <CleanupOutcome
          work={state.work}
          undo={state.undo}
          onCancel={state.cancel}
          onUndo={() => void state.undoApply()}
        />
        <CleanupPreview
          state={state}
          isBusy={state.work.kind === 'running' || state.undo.kind === 'running'}
          workspace={workspace}
        />
      </div>
    </div>
  )
}
