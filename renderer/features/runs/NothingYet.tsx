import { useStore } from 'zustand'
import { useStores } from '../../state/StoresProvider.tsx'
import { useNavigation } from '../../state/useNavigation.ts'
import { useWorkspace } from '../../state/useWorkspace.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'

/** A workspace without runs, and how to begin. */
export function NothingYet() {
  const { go } = useNavigation()
  const { sample, createSample } = useStore(useStores().workspace)
  const workspace = useWorkspace()
  return (
    <>
      <EmptyState
        icon="folder"
        title="No runs here yet"
        actions={
          workspace?.writable && (
            <>
              <Button
                variant="primary"
                icon="play"
                onClick={() => go({ kind: 'start', definition: null })}
              >
                Start a workflow…
              </Button>
              <Button
                icon="plus"
                busy={sample.kind === 'running'}
                onClick={() => void createSample()}
              >
                Create the sample workspace
              </Button>
              <Button icon="system" onClick={() => go({ kind: 'hosts' })}>
                Connect to host…
              </Button>
            </>
          )
        }
      >
        <p>
          This folder holds no state files. Start a workflow of it, here or with{' '}
          <code>unstuck run workflow.yaml</code>, open another folder, or fill this one with a
          sample: real runs, stuck in every way.
        </p>
        {sample.kind === 'running' && <output>{sample.sentence}</output>}
      </EmptyState>
      {sample.kind === 'failed' && (
        <ErrorPanel error={sample.error} onRetry={() => void createSample()} />
      )}
    </>
  )
}
