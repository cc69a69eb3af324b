import { useState } from 'react'
import { useStore } from 'zustand'
import { useClient } from '../../client/ClientProvider.tsx'
import { createBatchesStore } from '../../state/batchesStore.ts'
import { useNavigation } from '../../state/useNavigation.ts'
import { usePageStore } from '../../state/usePageStore.ts'
import { Button } from '../../ui/Button.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { batchesColumns } from './batchesColumns.tsx'
import styles from './BatchPage.module.css'

/** Every resume of many runs of this workspace, the newest first. */
export function BatchesPage() {
  const client = useClient()
  const { go } = useNavigation()
  const store = usePageStore('batches', () => createBatchesStore(client, 200))
  const { batches, refresh } = useStore(store)
  const [selected, setSelected] = useState<string | null>(null)
  if (batches.kind === 'loading') return <Spinner label="Reading the batches" />
  if (batches.kind === 'failed')
    return <ErrorPanel error={batches.error} onRetry={() => void refresh()} />
  const { batches: rows, total } = batches.value
  return (
    <Page>
      <PageHeader
        title="Batches"
        note={total > rows.length && `The newest ${rows.length} of ${total}`}
      />
      {rows.length === 0 ? (
        <EmptyState
          icon="layers"
          title="No batch yet"
          actions={
            <Button onClick={() => go({ kind: 'runs', view: 'failed', text: '' })}>
              Show failed runs
            </Button>
          }
        >
          Choose runs, or a group that failed alike, and resume them together: one as a canary, then
          the rest.
        </EmptyState>
      ) : (
        <div className={styles.table}>
          <DataTable
            label="Batches"
            columns={batchesColumns}
            rows={rows}
            keyOf={({ batch }) => batch}
            selected={selected}
            onSelect={({ batch }) => setSelected(batch)}
            onOpen={({ batch }) => go({ kind: 'batches', batch })}
            takesFocus
          />
        </div>
      )}
    </Page>
  )
}
