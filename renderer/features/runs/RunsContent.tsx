import { memo, useCallback, type ReactNode } from 'react'
import { useStore } from 'zustand'
import type { RunRow } from '../../../shared/contract/runs.ts'
import { pagedRows } from '../../state/pagedRows.ts'
import { rowKey, type RunsList } from '../../state/runsStore.ts'
import { useStores } from '../../state/StoresProvider.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { SplitPane } from '../../ui/SplitPane.tsx'
import { useShortcut } from '../../ui/useShortcut.ts'
import { BatchDialog } from './BatchDialog.tsx'
import { NoRuns } from './NoRuns.tsx'
import { PeekPanel } from './PeekPanel.tsx'
import { routeOfRow } from './routeOfRow.ts'
import { RunsFailed } from './RunsFailed.tsx'
import { RunsTable } from './RunsTable.tsx'
import { SelectionBar } from './SelectionBar.tsx'
import { useRunSelection } from './useRunSelection.ts'
import styles from './RunsPage.module.css'

/** Measured: while a search is typed, only the field above is drawn again; the list waits for its answer. */
export const RunsContent = memo(function RunsContent() {
  const { runs } = useStores()
  const list = useStore(runs, (state) => state.list)
  const newRows = useStore(runs, (state) => state.newRows)
  const listed = useStore(runs, (state) => state.listed)
  if (list.kind === 'failed')
    return <RunsFailed error={list.error} onRetry={() => void runs.getState().retry()} />
  const isSearched = list.kind === 'ready' && list.value.searching === null
  if (isSearched && list.value.total === 0 && newRows === 0)
    return <NoRuns question={list.value.question} counts={list.value.counts} />
  return (
    <>
      {list.kind === 'loading' && (
        <div className={styles.late}>
          <Spinner label={readingLabel(listed)} />
        </div>
      )}
      <RunsWithPeek list={list.kind === 'ready' ? list.value : null} />
      <BatchDialog />
    </>
  )
})

function readingLabel(listed: number | null): string {
  const label = 'Reading the list of runs'
  return listed === null ? label : `${label}: ${listed.toLocaleString('en')} so far`
}

type RunsWithPeekProps = {
  /** Null: not read yet. What does not depend on it is drawn while it is waited for. */
  readonly list: RunsList | null
}

function RunsWithPeek({ list }: RunsWithPeekProps) {
  const { runs, navigation, selection: picks } = useStores()
  const selected = useStore(runs, (state) => state.selected)
  const sort = useStore(runs, (state) => state.sort)
  const peeked = useStore(runs, (state) => (state.isPeeking ? state.selectedRow : null))
  const hasMoved = useStore(runs, (state) => state.hasMoved)
  const actions = runs.getState()
  const selection = useRunSelection(list)
  useShortcut('Escape', () => {
    if (runs.getState().isPeeking) actions.peek(false)
    else picks.getState().clear()
  })
  const select = useCallback((row: RunRow) => runs.getState().select(rowKey(row)), [runs])
  const open = useCallback((row: RunRow) => navigation.getState().go(routeOfRow(row)), [navigation])
  return (
    <Peekable
      bar={<SelectionBar list={list} />}
      panel={
        peeked && <PeekPanel row={peeked} hasMoved={hasMoved} onClose={() => actions.peek(false)} />
      }
    >
      <RunsTable
        rows={list?.rows ?? noRows}
        content={list?.question}
        whenCurrent={actions.answered}
        selected={selected}
        sort={sort}
        onSelect={select}
        onOpen={open}
        onPeek={() => actions.peek(!runs.getState().isPeeking)}
        onVisible={actions.ensure}
        selection={selection}
      />
    </Peekable>
  )
}

const noRows = pagedRows(0)

type PeekableProps = {
  readonly bar: ReactNode
  readonly panel: ReactNode
  readonly children: ReactNode
}

function Peekable({ bar, panel, children }: PeekableProps) {
  return (
    <div className={styles.stack}>
      <div className={styles.split}>
        <SplitPane
          label="Width of the peek panel"
          fixed="end"
          initial={320}
          min={280}
          start={<div className={styles.table}>{children}</div>}
          end={panel}
        />
      </div>
      {bar}
    </div>
  )
}
