import type { Workspace } from '../../../shared/contract/workspace.ts'
import type { CleanupState } from '../../state/cleanupStore.ts'
import { Banner } from '../../ui/Banner.tsx'
import { CleanupOutcome } from './CleanupOutcome.tsx'
import { CleanupPreview } from './CleanupPreview.tsx'
import { PolicyForm } from './PolicyForm.tsx'
import styles from './CleanupPage.module.css'

export type PolicyTabProps = { readonly state: CleanupState; readonly workspace: Workspace }

export function PolicyTab({ state, workspace }: PolicyTabProps) {
  return (
    <div className={styles.policy}>
      <PolicyForm draft={state.draft} onChange={state.setRule} />
      <div className={styles.preview}>
        {state.notice !== null && (
          <Banner tone="warn" icon="refresh">
            {state.notice}
          </Banner>
        )}
        <CleanupOutcome
          work={state.work}
          undo={state.undo}
          onCancel={state.cancel}
          onUndo={() => void state.undoApply()}
        />
        <CleanupPreview
          draft={state.draft}
          planning={state.planning}
          isBusy={state.work.kind === 'running' || state.undo.kind === 'running'}
          workspace={workspace}
          onRetry={() => void state.replan()}
          onApply={() => void state.apply()}
        />
      </div>
    </div>
  )
}
