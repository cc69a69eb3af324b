import { useStore } from 'zustand'
import type { RunView } from '../../../shared/contract/runs.ts'
import type { StateSearch } from '../../../shared/contract/runList.ts'
import type { Route } from '../../state/route.ts'
import type { RunsList } from '../../state/runsStore.ts'
import { useStores } from '../../state/StoresProvider.tsx'
import { useNavigation } from '../../state/useNavigation.ts'
import { Button } from '../../ui/Button.tsx'
import { FilterChips } from '../../ui/FilterChips.tsx'
import { formatCount } from '../../ui/formatCount.ts'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { useShortcut } from '../../ui/useShortcut.ts'
import { chips, titles } from './chips.ts'
import { FilterBar } from './FilterBar.tsx'
import { NewRows } from './NewRows.tsx'
import styles from './RunsHeader.module.css'

export type RunsHeaderProps = { readonly route: Route & { readonly kind: 'runs' } }

export function RunsHeader({ route }: RunsHeaderProps) {
  const { runs } = useStores()
  const list = useStore(runs, ({ list: remote }) => (remote.kind === 'ready' ? remote.value : null))
  const newRows = useStore(runs, (state) => state.newRows)
  const counts = list?.counts
  const { go } = useNavigation()
  const press = (view: RunView) =>
    go({ ...route, view: view === route.view && view !== 'all' ? 'all' : view })
  const start = () => go({ kind: 'start', definition: null })
  useShortcut('n', start)
  return (
    <PageHeader
      title={titles[route.view]}
      note={
        <>
          {list && <Matches list={list} />}
          {list?.searching && <Searching search={list.searching} />}
          <NewRows count={newRows} />
          {list && list.unverified > 0 && <Checking list={list} />}
        </>
      }
      actions={
        <Button icon="play" aria-keyshortcuts="n" title="Start a workflow (n)" onClick={start}>
          Start a workflow…
        </Button>
      }
    >
      <FilterBar route={route} onDone={focusTable} />
      <FilterChips
        label="Views"
        chips={chips.map((chip) => ({ ...chip, count: counts?.[chip.id] ?? null }))}
        pressed={(view) => view === route.view}
        onPress={press}
      />
    </PageHeader>
  )
}

/** How much of what could match does. */
function Matches({ list }: { readonly list: RunsList }) {
  const { view, text, filter } = list.question
  if (text === '' && filter.length === 0) return null
  const all = list.counts[view]
  return (
    <output className={styles.quiet}>{`${formatCount(list.total)} of ${formatCount(all)}`}</output>
  )
}

/** Not a live region: it counts. */
function Searching({ search: { searched, of, found } }: { readonly search: StateSearch }) {
  return (
    <span className={styles.quiet}>
      {`searched the state of ${formatCount(searched)} of ${formatCount(of)}, ${formatCount(found)} found`}
    </span>
  )
}

/** Not an alert, and no live region: it counts for minutes. */
function Checking({ list: { unverified, counts } }: { readonly list: RunsList }) {
  const done = formatCount(Math.max(0, counts.all - unverified))
  return (
    <span className={styles.quiet}>{`checking files: ${done} of ${formatCount(counts.all)}`}</span>
  )
}

function focusTable() {
  document.querySelector<HTMLElement>('[role="grid"]')?.focus()
}
