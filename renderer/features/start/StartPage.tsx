import { useEffect } from 'react'
import { useStore } from 'zustand'
import { useClient } from '../../client/ClientProvider.tsx'
import type { Workspace } from '../../../shared/contract/workspace.ts'
import { createStartStore } from '../../state/startStore.ts'
import { usePageStore } from '../../state/usePageStore.ts'
import { useWorkspace } from '../../state/useWorkspace.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { SplitPane } from '../../ui/SplitPane.tsx'
import { ChosenWorkflow } from './ChosenWorkflow.tsx'
import { NoWorkflows } from './NoWorkflows.tsx'
import { WorkflowList } from './WorkflowList.tsx'
import styles from './StartPage.module.css'

export type StartPageProps = {
  /** Path of the definition whose form is shown; null: none is chosen yet. */
  readonly definition: string | null
}

/** Starts a workflow of this workspace: which one, with which inputs, and what it will do. */
export function StartPage({ definition }: StartPageProps) {
  const workspace = useWorkspace()
  if (workspace === null) return <Spinner label="Opening the workspace" />
  return <Start workspace={workspace} definition={definition} />
}

type StartProps = StartPageProps & { readonly workspace: Workspace }

function Start({ workspace, definition }: StartProps) {
  const client = useClient()
  const store = usePageStore(workspace.id, () => createStartStore(client))
  const workflows = useStore(store, (state) => state.workflows)
  const { choose, refresh } = store.getState()
  useEffect(() => void choose(definition), [choose, definition])
  return (
    <Page>
      <PageHeader
        title="Start a workflow"
        note={<span>{workspace.path ?? workspace.name}</span>}
        actions={
          <Button icon="refresh" variant="quiet" onClick={() => void refresh()}>
            Read again
          </Button>
        }
      />
      {workflows.kind === 'loading' && <Spinner label="Looking for workflows" />}
      {workflows.kind === 'failed' && (
        <ErrorPanel error={workflows.error} onRetry={() => void refresh()} />
      )}
      {workflows.kind === 'ready' && workflows.problem && (
        <Banner tone="bad" icon="alert">
          The list may be old. {workflows.problem.message}
        </Banner>
      )}
      {workflows.kind === 'ready' && workflows.value.length === 0 && definition === null && (
        <NoWorkflows />
      )}
      {workflows.kind === 'ready' && (workflows.value.length > 0 || definition !== null) && (
        <div className={styles.work}>
          <SplitPane
            label="Width of the list of workflows"
            initial={280}
            min={180}
            max={520}
            start={<WorkflowList workflows={workflows.value} chosen={definition} />}
            end={<ChosenWorkflow key={definition} store={store} workspace={workspace} />}
          />
        </div>
      )}
    </Page>
  )
}
