import { writeTerm } from '../../../shared/core/query/writeTerm.ts'
import { useStore } from 'zustand'
import type { RunCounts, RunsQuestion } from '../../state/runsStore.ts'
import { useStores } from '../../state/StoresProvider.tsx'
import { useNavigation } from '../../state/useNavigation.ts'
import { useWorkspace } from '../../state/useWorkspace.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { formatCount } from '../../ui/formatCount.ts'
import { titles } from './chips.ts'

export type NoRunsProps = {
  /** What nothing was found for: while the next one is asked, this is not what the field says. */
  readonly question: RunsQuestion
  readonly counts: RunCounts
}

/** An empty list says why it is empty: nothing yet, or nothing that fits. */
export function NoRuns({ question, counts }: NoRunsProps) {
  return counts.all > 0 ? <NothingFits question={question} all={counts.all} /> : <NothingYet />
}

type NothingFitsProps = {
  readonly question: RunsQuestion
  readonly all: number
}

function NothingFits({ question, all }: NothingFitsProps) {
  const { go } = useNavigation()
  const { view, text, filter } = question
  const terms = [...filter.map((condition) => writeTerm(condition)), text].filter(Boolean)
  const what = terms.length === 0 ? titles[view] : `“${terms.join(' ')}” in ${titles[view]}`
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
      {what}: none of the {formatCount(all)} runs of this workspace.
    </EmptyState>
  )
}

function NothingYet() {
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
