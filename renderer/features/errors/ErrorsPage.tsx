import { useEffect } from 'react'
import { useStore } from 'zustand'
import { useClient } from '../../client/ClientProvider.tsx'
import { createErrorsStore, type ErrorsFilter } from '../../state/errorsStore.ts'
import { errorsRoute, type Route } from '../../state/route.ts'
import { useNavigation } from '../../state/useNavigation.ts'
import { usePageStore } from '../../state/usePageStore.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { ErrorsTable } from './ErrorsTable.tsx'
import { ErrorsTools } from './ErrorsTools.tsx'
import styles from './ErrorsPage.module.css'

export type ErrorsRoute = Route & { readonly kind: 'errors' }
export type ErrorsPageProps = { readonly route: ErrorsRoute }

/** Runs that failed alike, each error as one matter: what was tried, what got past it, and what is left. */
export function ErrorsPage({ route }: ErrorsPageProps) {
  const client = useClient()
  const { replace } = useNavigation()
  const { error, state: shown, text } = route
  const store = usePageStore('errors', () =>
    createErrorsStore(client, { filter: { state: shown, text }, chosen: error }),
  )
  const state = useStore(store)
  const { list, filter, choose } = state
  useEffect(() => choose(error), [choose, error])
  const show = (next: ErrorsFilter) => {
    state.show(next)
    replace({ ...errorsRoute(null), ...next })
  }
  const isNarrow = filter.state !== null || filter.text !== ''
  return (
    <Page>
      <PageHeader title="Errors" note="runs that failed alike, each error as one matter">
        <ErrorsTools filter={filter} list={list} onFilter={show} />
      </PageHeader>
      {list.kind === 'ready' && list.problem !== null && (
        <ErrorPanel error={list.problem} onRetry={() => void state.refresh()} />
      )}
      <div className={styles.content}>
        {list.kind === 'loading' ? (
          <Spinner label="Looking for runs that failed alike" />
        ) : list.kind === 'failed' ? (
          <ErrorPanel error={list.error} onRetry={() => void state.refresh()} />
        ) : list.value.groups.length > 0 || error !== null ? (
          <ErrorsTable
            state={state}
            onChoose={(next) => replace({ ...errorsRoute(next), ...filter })}
          />
        ) : isNarrow ? (
          <EmptyState
            icon="filter"
            title="No such errors"
            actions={
              <Button onClick={() => show({ state: null, text: '' })}>Show all errors</Button>
            }
          >
            None of the errors is like this.
          </EmptyState>
        ) : (
          <EmptyState icon="checkCircle" title="No run is failed">
            Runs that fail alike stand here together, with what was tried and what got past it.
          </EmptyState>
        )}
      </div>
    </Page>
  )
}
