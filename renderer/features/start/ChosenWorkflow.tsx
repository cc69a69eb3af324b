import { useStore } from 'zustand'
import type { Workspace } from '../../../shared/contract/workspace.ts'
import type { StartStore } from '../../state/startStore.ts'
import { useStores } from '../../state/StoresProvider.tsx'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { StartForm } from './StartForm.tsx'
import { WorkflowProblems } from './WorkflowProblems.tsx'
import { WorkflowTitle } from './WorkflowTitle.tsx'
import styles from './StartPage.module.css'

export type ChosenWorkflowProps = { readonly store: StartStore; readonly workspace: Workspace }

/** The chosen definition: its form, or what is wrong with it. */
export function ChosenWorkflow({ store, workspace }: ChosenWorkflowProps) {
  const { chosen, workflow, refresh } = useStore(store)
  const { askTrust } = useStore(useStores().workspace)
  if (chosen === null) {
    return (
      <EmptyState icon="play" title="Choose a workflow">
        Its inputs and its steps are shown here. Nothing is executed before you start it.
      </EmptyState>
    )
  }
  if (workflow.kind === 'loading') return <Spinner label={`Reading ${chosen}`} />
  if (workflow.kind === 'failed') {
    return (
      <ErrorPanel
        error={workflow.error}
        onRetry={() => void refresh()}
        actions={
          workflow.error.code === 'untrusted' && (
            <Button icon="shield" onClick={() => askTrust(true)}>
              Trust this workspace…
            </Button>
          )
        }
      />
    )
  }
  const { value, problem } = workflow
  return (
    <div className={styles.chosen}>
      {problem && (
        <Banner tone="bad" icon="alert">
          What is shown may be old. {problem.message}
        </Banner>
      )}
      {value.problems.length > 0 ? (
        <div className={styles.scroll}>
          <WorkflowTitle workflow={value} />
          <WorkflowProblems path={value.path} problems={value.problems} />
        </div>
      ) : (
        <StartForm store={store} workflow={value} workspace={workspace} />
      )}
    </div>
  )
}
