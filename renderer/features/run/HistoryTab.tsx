import { useState } from 'react'
import { useStore } from 'zustand'
import type { RunDetail } from '../../../shared/contract/runs.ts'
import { useClient } from '../../client/ClientProvider.tsx'
import { createHistoryStore } from '../../state/historyStore.ts'
import { copyTitle, useMask } from '../../state/useMask.ts'
import { usePageStore } from '../../state/usePageStore.ts'
import { Button } from '../../ui/Button.tsx'
import { CodeText } from '../../ui/CodeText.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { indentJson } from '../../ui/indentJson.ts'
import { Select } from '../../ui/Select.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { SplitPane } from '../../ui/SplitPane.tsx'
import { Findings } from './Findings.tsx'
import { historyColumns } from './historyColumns.tsx'
import type { RunRoute } from './RunPage.tsx'
import { TabBar } from './TabBar.tsx'
import styles from './tab.module.css'

export type HistoryTabProps = {
  readonly route: RunRoute
  readonly detail: RunDetail
  readonly onStep: (step: string) => void
}

/** What happened to the run, record by record. */
export function HistoryTab({ route, detail, onStep }: HistoryTabProps) {
  const client = useClient()
  const store = usePageStore(detail.ref.document, () => createHistoryStore(client, detail.ref))
  const { list, isNewestFirst, turn, readMore, refresh } = useStore(store)
  const mask = useMask()
  const [selected, setSelected] = useState<string | null>(null)
  if (list.kind === 'loading') return <Spinner label="Reading the journal" />
  if (list.kind === 'failed')
    return <ErrorPanel error={list.error} onRetry={() => void refresh()} />
  const { records, total, flaws, nextSeq } = list.value
  const record = records.find(({ seq }) => String(seq) === selected)
  return (
    <div className={styles.tab}>
      <TabBar>
        <Select
          compact
          label="Order"
          value={isNewestFirst ? 'newest' : 'oldest'}
          options={[
            { value: 'newest', label: 'Newest first' },
            { value: 'oldest', label: 'Oldest first' },
          ]}
          onChange={(order) => turn(order === 'newest')}
        />
        <span>
          {records.length.toLocaleString('en')} of {total.toLocaleString('en')} records
        </span>
        {nextSeq !== null && (
          <Button size="s" variant="quiet" onClick={() => void readMore()}>
            Read more
          </Button>
        )}
      </TabBar>
      {list.problem && <ErrorPanel error={list.problem} onRetry={() => void refresh()} />}
      <Findings findings={flaws} />
      <div className={styles.content}>
        {records.length === 0 ? (
          <EmptyState icon="history" title="No records">
            The journal is missing or holds nothing that can be read.
          </EmptyState>
        ) : (
          <SplitPane
            label="Height of the record"
            direction="column"
            fixed="end"
            initial={150}
            min={80}
            start={
              <DataTable
                label="Journal"
                columns={historyColumns}
                rows={records}
                keyOf={({ seq }) => String(seq)}
                selected={selected}
                onSelect={({ seq, step }) => {
                  setSelected(String(seq))
                  if (step !== null && step !== route.step) onStep(step)
                }}
                rowHeight={28}
                onVisible={(_, last) => {
                  if (last >= records.length - 30 && nextSeq !== null) void readMore()
                }}
              />
            }
            end={
              record === undefined ? null : (
                <div className={styles.pane}>
                  <TabBar>
                    Record {record.seq} at byte {record.offset.toLocaleString('en')}
                    <CopyButton
                      text={mask.text(record.text)}
                      what="record"
                      note={copyTitle(mask)}
                    />
                  </TabBar>
                  <div className={styles.content}>
                    <CodeText label="Record" text={mask.text(indentJson(record.text))} wrap />
                  </div>
                </div>
              )
            }
          />
        )}
      </div>
    </div>
  )
}
