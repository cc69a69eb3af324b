import { useState } from 'react'
import { useStore } from 'zustand'
import { useClient } from '../../client/ClientProvider.tsx'
import {
  createOperationsStore,
  type OperationsFilter,
  type OperationsState,
} from '../../state/operationsStore.ts'
import type { Route } from '../../state/route.ts'
import { useNavigation } from '../../state/useNavigation.ts'
import { usePageStore } from '../../state/usePageStore.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { OddLines } from './OddLines.tsx'
import { OperationsTable } from './OperationsTable.tsx'
import { OperationsTools } from './OperationsTools.tsx'
import styles from './OperationsPage.module.css'

type OperationsRoute = Route & { readonly kind: 'operations' }
export type OperationsPageProps = { readonly route: OperationsRoute }

/** Who asked for which change, what was then found, and the way back where there is one. */
export function OperationsPage({ route }: OperationsPageProps) {
  const client = useClient()
  const { replace } = useNavigation()
  const store = usePageStore('operations', () => createOperationsStore(client, filterOf(route)))
  const state = useStore(store)
  const { list, filter, undo } = state
  const [selected, setSelected] = useState<string | null>(null)
  const show = (next: OperationsFilter) => {
    state.show(next)
    replace({ kind: 'operations', ...next })
  }
  return (
    <Page>
      <PageHeader title="Operations" note="who changed what, and what came of it">
        <OperationsTools filter={filter} onFilter={show} shown={shownText(state)} />
      </PageHeader>
      {undo.kind === 'failed' && <ErrorPanel error={undo.error} />}
      {undo.kind === 'done' && (
        <Banner tone={undo.observed ? 'good' : 'warn'} icon={undo.observed ? 'check' : 'alert'}>
          {undo.sentence}
        </Banner>
      )}
      {list.kind === 'ready' && list.problem !== null && (
        <ErrorPanel error={list.problem} onRetry={() => void state.refresh()} />
      )}
      {list.kind === 'ready' && <OddLines findings={list.value.findings} />}
      <div className={styles.content}>
        {list.kind === 'loading' ? (
          <Spinner label="Reading the operations log" />
        ) : list.kind === 'failed' ? (
          <ErrorPanel error={list.error} onRetry={() => void state.refresh()} />
        ) : list.value.operations.length === 0 ? (
          <NoOperations isNarrow={isNarrow(filter)} onClear={() => show(everything)} />
        ) : (
          <OperationsTable state={state} selected={selected} onSelect={setSelected} />
        )}
      </div>
    </Page>
  )
}

const everything: OperationsFilter = { run: null, call: null, state: null, text: '' }

function filterOf({ run, call, state, text }: OperationsRoute): OperationsFilter {
  return { run, call, state, text }
}

function isNarrow({ run, call, state, text }: OperationsFilter): boolean {
  return run !== null || call !== null || state !== null || text !== ''
}

function shownText({ list }: OperationsState): string {
  if (list.kind !== 'ready') return ''
  const { operations, nextOffset } = list.value
  return `${operations.length.toLocaleString('en')}${nextOffset === null ? '' : '+'} shown`
}

type NoOperationsProps = { readonly isNarrow: boolean; readonly onClear: () => void }

function NoOperations({ isNarrow: isFiltered, onClear }: NoOperationsProps) {
  return isFiltered ? (
    <EmptyState
      icon="filter"
      title="No such operations"
      actions={<Button onClick={onClear}>Show all operations</Button>}
    >
      The log has none like this.
    </EmptyState>
  ) : (
    <EmptyState icon="history" title="Nothing was changed yet">
      Every change of this workspace is written down here before it is made. Plans and looks leave
      nothing.
    </EmptyState>
  )
}
