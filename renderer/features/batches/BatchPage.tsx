import { useState } from 'react'
import { useStore } from 'zustand'
import type { BatchItemView } from '../../../shared/contract/resumeBatch.ts'
import { useClient } from '../../client/ClientProvider.tsx'
import { createBatchJobStore } from '../../state/batchJobStore.ts'
import { everyInterval } from '../../state/every.ts'
import { encodeRoute, operationsRoute, routeOfRef } from '../../state/route.ts'
import { useMask } from '../../state/useMask.ts'
import { useNavigation } from '../../state/useNavigation.ts'
import { usePageStore } from '../../state/usePageStore.ts'
import { useWorkspace } from '../../state/useWorkspace.ts'
import { Banner } from '../../ui/Banner.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { BatchFooter } from './BatchFooter.tsx'
import { BatchHead } from './BatchHead.tsx'
import { batchColumns } from './batchColumns.tsx'
import styles from './BatchPage.module.css'

export type BatchPageProps = { readonly batch: string }

/** A resume of many runs while it goes on: a row a run with what was observed of it, what failed first. */
export function BatchPage({ batch }: BatchPageProps) {
  const client = useClient()
  const workspace = useWorkspace()
  const mask = useMask()
  const { go } = useNavigation()
  const store = usePageStore(batch, () => createBatchJobStore(client, batch, everyInterval))
  const state = useStore(store)
  const [selected, setSelected] = useState<string | null>(null)
  const { batch: shown, rows, error, told } = state
  if (workspace === null || shown.kind === 'loading') return <Spinner label="Reading the batch" />
  if (shown.kind === 'failed')
    return <ErrorPanel error={shown.error} onRetry={() => void state.refresh()} />
  const summary = shown.value
  const problem = error ?? shown.problem
  const chosen = rows.at(rows.findIndex((row) => row?.document === selected))
  const looked = chosen ?? rows.at(rows.findIndex((row) => row !== null && isBad(row)))
  return (
    <Page>
      <PageHeader
        title={
          <>
            Batch <code>{batch}</code>
          </>
        }
        note={<span className={styles.title}>{mask.text(summary.title)}</span>}
        actions={
          <>
            <a href={encodeRoute({ kind: 'batches', batch: null })}>All batches</a>
            <a href={encodeRoute({ ...operationsRoute(), text: batch })}>Operations</a>
          </>
        }
      />
      {problem !== null && <ErrorPanel error={problem} onRetry={() => void state.refresh()} />}
      {told !== null && (
        <Banner tone="neutral" icon="info">
          {told}
        </Banner>
      )}
      <BatchHead batch={summary} />
      <div className={styles.table}>
        <DataTable
          label="Runs of the batch"
          columns={batchColumns}
          rows={rows}
          content={batch}
          keyOf={({ document }) => document}
          selected={selected}
          onSelect={({ document }) => setSelected(document)}
          onOpen={(row) => go(routeOfRef(row))}
          onVisible={state.look}
          toneOf={(row) => (isBad(row) ? 'bad' : undefined)}
          takesFocus
        />
      </div>
      {looked !== null && looked.sentence !== null && (
        <p className={styles.looked}>
          <a href={encodeRoute(routeOfRef(looked))}>{looked.document}</a>{' '}
          {mask.text(looked.sentence)}
        </p>
      )}
      <BatchFooter batch={summary} state={state} workspace={workspace} />
    </Page>
  )
}

/** What a person has to look at before the others follow. */
function isBad({ outcome }: BatchItemView): boolean {
  return outcome === 'failed' || outcome === 'refused' || outcome === 'inDoubt'
}
