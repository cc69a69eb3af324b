import { writeTerm } from '../../../shared/core/query/writeTerm.ts'
import type { RunCounts, RunsQuestion } from '../../state/runsStore.ts'
import { useNavigation } from '../../state/useNavigation.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { formatCount } from '../../ui/formatCount.ts'
import { nothingIn, titles } from './chips.ts'
import { NothingYet } from './NothingYet.tsx'

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
  const toAll = () => go({ kind: 'runs', view: 'all', text: '' })
  if (terms.length === 0)
    return (
      <EmptyState
        icon="check"
        title={nothingIn[view]}
        actions={
          <Button icon="list" onClick={toAll}>
            {`Show all ${formatCount(all)} ${all === 1 ? 'run' : 'runs'}`}
          </Button>
        }
      />
    )
  return (
    <EmptyState
      icon="filter"
      title="Nothing fits these filters"
      actions={
        <Button icon="close" onClick={toAll}>
          Clear filters
        </Button>
      }
    >
      “{terms.join(' ')}” in {titles[view]}: none of the {formatCount(all)} runs of this workspace.
    </EmptyState>
  )
}
