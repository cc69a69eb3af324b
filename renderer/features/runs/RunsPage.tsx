import { useCallback, useEffect } from 'react'
import { useStore } from 'zustand'
import type { RunRow } from '../../../shared/contract/runs.ts'
import type { Route } from '../../state/route.ts'
import { listProblem, rowKey } from '../../state/runsStore.ts'
import { useStores } from '../../state/StoresProvider.tsx'
import { useNavigation } from '../../state/useNavigation.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { SplitPane } from '../../ui/SplitPane.tsx'
import { NoRuns } from './NoRuns.tsx'
import { PeekPanel } from './PeekPanel.tsx'
import { routeOfRow } from './routeOfRow.ts'
import { RunsHeader } from './RunsHeader.tsx'
import { RunsTable } from './RunsTable.tsx'
import styles from './RunsPage.module.css'

export type RunsPageProps = { readonly route: Route & { readonly kind: 'runs' } }

/** Every run of the workspace, and every file that cannot be read as one. */
export function RunsPage({ route }: RunsPageProps) {
  const { runs } = useStores()
  const { go } = useNavigation()
  const state = useStore(runs)
  const { view, text } = route
  useEffect(() => runs.getState().show({ view, text }), [runs, view, text])
  const onVisible = useCallback(
    (first: number, last: number) => void runs.getState().ensure(first, last),
    [runs],
  )

  const { list, selected, isPeeking } = state
  const problem = listProblem(state)
  const peeked =
    list.kind === 'ready'
      ? (list.value.rows.find((row) => row !== null && rowKey(row) === selected) ?? null)
      : null
  const select = (row: RunRow) => state.select(rowKey(row))
  return (
    <div className={styles.page}>
      <RunsHeader
        route={route}
        counts={list.kind === 'ready' ? list.value.counts : null}
        newRows={state.newRows}
        onShowNew={() => void state.showNew()}
      />
      {problem && (
        <Banner
          tone="bad"
          icon="alert"
          actions={
            <Button size="s" onClick={() => void state.retry()}>
              Try again
            </Button>
          }
        >
          The list may be old. {problem.message}
        </Banner>
      )}
      <div className={styles.content}>
        {list.kind === 'loading' && <Spinner label="Reading the list of runs" />}
        {list.kind === 'failed' && (
          <ErrorPanel error={list.error} onRetry={() => void state.retry()} />
        )}
        {list.kind === 'ready' && list.value.total === 0 && state.newRows === 0 && (
          <NoRuns route={route} counts={list.value.counts} />
        )}
        {list.kind === 'ready' && (list.value.total > 0 || state.newRows > 0) && (
          <Peekable
            panel={
              isPeeking && peeked ? (
                <PeekPanel row={peeked} onClose={() => state.peek(false)} />
              ) : null
            }
          >
            <RunsTable
              rows={list.value.rows}
              selected={selected}
              sort={state.sort}
              onSort={state.sortBy}
              onSelect={select}
              onOpen={(row) => go(routeOfRow(row))}
              onPeek={() => state.peek(!isPeeking)}
              onVisible={onVisible}
            />
          </Peekable>
        )}
      </div>
    </div>
  )
}

type PeekableProps = { readonly panel: React.ReactNode; readonly children: React.ReactNode }

function Peekable({ panel, children }: PeekableProps) {
  return (
    <SplitPane
      label="Width of the peek panel"
      fixed="end"
      initial={360}
      min={280}
      start={<div className={styles.table}>{children}</div>}
      end={panel}
    />
  )
}
