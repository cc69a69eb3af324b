import { useStore } from 'zustand'
import type { Route } from '../../state/route.ts'
import type { RunCounts } from '../../state/runsStore.ts'
import { useStores } from '../../state/StoresProvider.tsx'
import { useNavigation } from '../../state/useNavigation.ts'
import { useWorkspace } from '../../state/useWorkspace.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { titles } from './chips.ts'

export type NoRunsProps = {
  readonly route: Route & { readonly kind: 'runs' }
  readonly counts: RunCounts
}

/** An empty list says why it is empty: nothing yet, or nothing that fits. */
export function NoRuns({ route, counts }: NoRunsProps) {
  return counts.all > 0 ? <NothingFits route={route} all={counts.all} /> : <NothingYet />
}

type NothingFitsProps = {
  readonly route: Route & { readonly kind: 'runs' }
  readonly all: number
}

function NothingFits({ route, all }: NothingFitsProps) {
  const { go } = useNavigation()
  const what = route.text === '' ? titles[route.view] : `“${route.text}” in ${titles[route.view]}`
  return (
    <EmptyState
      icon="filter"
      title="Nothing fits these filters"
      actions={
        <Button icon="close" onClick={() => go({ kind: 'runs', view: 'all', text: '' })}>
          Clear filters
        </Button>
      }
    >
      {what}: none of the {all.toLocaleString('en')} runs of this workspace.
    </EmptyState>
  )
}

function NothingYet() {
  const { sample, createSample } = useStore(useStores().workspace)
  const workspace = useWorkspace()
  return (
    <>
      <EmptyState
        icon="folder"
        title="No runs here yet"
        actions={
          workspace?.writable && (
            <Button
              variant="primary"
              icon="plus"
              busy={sample.kind === 'running'}
              onClick={() => void createSample()}
            >
              Create the sample workspace
            </Button>
          )
        }
      >
        <p>
          This folder holds no state files. Start a workflow here with{' '}
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
