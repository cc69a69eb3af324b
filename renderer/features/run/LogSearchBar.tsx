import { useStore } from 'zustand'
import type { LogScope, LogSearchStore } from '../../state/logSearchStore.ts'
import { SearchField } from '../../ui/SearchField.tsx'
import { Select } from '../../ui/Select.tsx'
import { SearchSteps } from './SearchSteps.tsx'

export type LogSearchBarProps = {
  readonly store: LogSearchStore
  /** The log that is shown. */
  readonly shown: NonNullable<LogScope>
}

/** Searches all logs of the run, or the one that is shown. */
export function LogSearchBar({ store, shown }: LogSearchBarProps) {
  const { query, scope, search, step } = useStore(store)
  return (
    <>
      <SearchField
        label="Search logs"
        placeholder={scope === null ? 'Search all logs' : 'Search this log'}
        shortcut="/"
        value={query}
        onChange={(text) => void search(text, scope === null ? null : shown)}
        onEnter={() => void step(1)}
      />
      <Select
        compact
        label="Where to search"
        value={scope === null ? 'all' : 'this'}
        options={[
          { value: 'all', label: 'All logs' },
          { value: 'this', label: 'This log' },
        ]}
        onChange={(where) => void search(query, where === 'all' ? null : shown)}
      />
      <SearchSteps store={store} what="lines" />
    </>
  )
}
