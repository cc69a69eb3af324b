import { useStore } from 'zustand'
import type { SearchState, SearchStore } from '../../state/searchStore.ts'
import { Button } from '../../ui/Button.tsx'
import { formatBytes } from '../../ui/formatBytes.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { useShortcut } from '../../ui/useShortcut.ts'

export type SearchStepsProps<Match, Scope, Place> = {
  readonly store: SearchStore<Match, Scope, Place>
  /** What is found, such as "lines". */
  readonly what: string
}

/** How many were found, and the way from one to the next: `n` and `p` do the same. */
export function SearchSteps<Match, Scope, Place>(props: SearchStepsProps<Match, Scope, Place>) {
  const { store, what } = props
  const state = useStore(store)
  const { query, phase, next, searchOn, step } = state
  useShortcut('n', () => void step(1))
  useShortcut('p', () => void step(-1))
  if (query === '') return null
  return (
    <>
      <IconButton icon="arrowUp" size="s" label="Previous match" onClick={() => void step(-1)} />
      <IconButton icon="arrowDown" size="s" label="Next match" onClick={() => void step(1)} />
      <output>{outcomeOf(state, what)}</output>
      {phase === 'ready' && next !== null && (
        <Button size="s" variant="quiet" onClick={() => void searchOn()}>
          Search on
        </Button>
      )}
    </>
  )
}

function outcomeOf<Match, Scope, Place>(
  { phase, matches, current, next, progress, error }: SearchState<Match, Scope, Place>,
  what: string,
): string {
  if (error) return error.message
  const some = `${matches.length.toLocaleString('en')}${next === null ? '' : '+'}`
  if (phase === 'searching') {
    if (progress === null) return 'Searching…'
    const { searchedBytes, totalBytes } = progress
    return `${some} found, searched ${formatBytes(searchedBytes)} of ${formatBytes(totalBytes)}…`
  }
  if (matches.length === 0) return 'Not found'
  return current === -1 ? `${some} ${what}` : `${current + 1} of ${some} ${what}`
}
