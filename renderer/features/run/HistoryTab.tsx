import { useState } from 'react'
import { useStore } from 'zustand'
import type { Ref } from '../../../shared/contract/call.ts'
import type { Finding } from '../../../shared/core/integrity/finding.ts'
import { useClient } from '../../client/ClientProvider.tsx'
import { recordTypes } from '../../../shared/schema/journal.ts'
import {
  createHistoryStore,
  entriesOf,
  type HistoryEntry,
  type HistoryFilter,
} from '../../state/historyStore.ts'
import { isNative } from '../../state/makeRef.ts'
import { usePageStore } from '../../state/usePageStore.ts'
import { Button } from '../../ui/Button.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { formatBytes } from '../../ui/formatBytes.ts'
import { Spinner } from '../../ui/Spinner.tsx'
import { SplitPane } from '../../ui/SplitPane.tsx'
import { Findings } from './Findings.tsx'
import { findingRoute } from '../../state/findingRoute.ts'
import { useNavigation } from '../../state/useNavigation.ts'
import { GapPane } from './GapPane.tsx'
import { historyColumns } from './historyColumns.tsx'
import { HistoryTools } from './HistoryTools.tsx'
import { RecordPane } from './RecordPane.tsx'
import type { RunRoute } from './RunPage.tsx'
import styles from './tab.module.css'

export type HistoryTabProps = {
  readonly route: RunRoute
  readonly reference: Ref
  /** What is wrong with the run; empty while nobody knows. */
  readonly findings: readonly Finding[]
  readonly onStep: (step: string) => void
}

/** What happened to the run, record by record, from its newest to its oldest. */
export function HistoryTab({ route, reference, findings, onStep }: HistoryTabProps) {
  const client = useClient()
  const { replace } = useNavigation()
  const key = `${reference.document} ${reference.item ?? ''}`
  const store = usePageStore(key, () => createHistoryStore(client, reference))
  const log = logOf(reference)
  const { ends, filter, isReading, readOn, refresh, show } = useStore(store)
  const [selected, setSelected] = useState<string | null>(null)
  const flaws = findings.filter(({ file }) => file === 'journal')
  if (ends.kind === 'failed')
    return <ErrorPanel error={ends.error} onRetry={() => void refresh()} />
  const entries = ends.kind === 'ready' ? entriesOf(ends.value) : []
  const isFiltered = filter.step !== null || filter.type !== null
  const gap = entries.findIndex(({ kind }) => kind === 'gap')
  const chosen = entries.find((entry) => keyOf(entry) === selected)
  const select = (entry: HistoryEntry) => {
    setSelected(keyOf(entry))
    const step = entry.kind === 'line' && entry.line.kind === 'record' ? entry.line.step : null
    if (step !== null && step !== route.step) onStep(step)
  }
  const go = (index: number) => {
    const entry = entries.at(index)
    if (entry) select(entry)
  }
  return (
    <div className={styles.tab}>
      <HistoryTools
        filter={filter}
        selectedStep={route.step}
        types={isNative(reference) ? recordTypes : typesOf(entries, filter)}
        total={ends.kind === 'ready' ? log.sizeOf(ends.value.sizeBytes) : null}
        shown={entries.length - (gap === -1 ? 0 : 1)}
        isEmpty={entries.length === 0}
        onFilter={show}
        onNewest={() => go(0)}
        onOldest={() => go(-1)}
      />
      {ends.kind === 'ready' && ends.problem && (
        <ErrorPanel error={ends.problem} onRetry={() => void refresh()} />
      )}
      <Findings findings={flaws} onGo={(finding) => replace(findingRoute(route, finding))} />
      <div className={styles.content}>
        {ends.kind === 'loading' ? (
          <Spinner label={`Reading the ${log.name}`} />
        ) : entries.length === 0 ? (
          <NoRecords
            log={log.name}
            isFiltered={isFiltered}
            onClear={() => show({ step: null, type: null })}
          />
        ) : (
          <SplitPane
            label="Height of the record"
            direction="column"
            fixed="end"
            initial={180}
            min={80}
            start={
              <DataTable
                label={log.label}
                columns={log.columns}
                rows={entries}
                keyOf={keyOf}
                selected={selected}
                onSelect={select}
                rowHeight={28}
                toneOf={(entry) =>
                  entry.kind === 'line' && entry.line.kind === 'flaw' ? 'bad' : undefined
                }
                onVisible={(first, last) => {
                  if (gap === -1 || isReading || ends.problem !== null) return
                  // Reading on downwards pushes the gap away; upwards it would stay and read for ever.
                  const isBelow = first < gap && gap <= last && (gap === last || isFiltered)
                  if (isBelow) void readOn('newer')
                }}
              />
            }
            end={
              chosen === undefined ? null : chosen.kind === 'line' ? (
                <RecordPane key={keyOf(chosen)} reference={reference} line={chosen.line} />
              ) : (
                <GapPane isReading={isReading} onRead={(side) => void readOn(side)} />
              )
            }
          />
        )}
      </div>
    </div>
  )
}

/** How the past of a run is called and measured: another engine's log is told entry by entry, and has no bytes of its own. */
function logOf(reference: Ref) {
  return isNative(reference) ? journal : engineLog
}

const journal = {
  name: 'journal',
  label: 'Journal',
  columns: historyColumns({ sizeOf: formatBytes, typePx: 128 }),
  sizeOf: formatBytes,
} as const
const entriesIn = (count: number) => `${count.toLocaleString('en')} entries`
const engineLog = {
  name: "engine's log",
  label: "The engine's log",
  columns: historyColumns({ sizeOf: entriesIn, typePx: 196 }),
  sizeOf: entriesIn,
} as const

/** Words of an engine for what happens are its own: those that were read so far can be asked for. */
function typesOf(entries: readonly HistoryEntry[], filter: HistoryFilter): readonly string[] {
  const read = entries.flatMap((entry) =>
    entry.kind === 'line' && entry.line.kind === 'record' ? [entry.line.type] : [],
  )
  return [...new Set([...read, ...(filter.type === null ? [] : [filter.type])])].toSorted()
}

/** A line of the journal stays at its byte. */
function keyOf(entry: HistoryEntry): string {
  return entry.kind === 'gap' ? 'gap' : String(entry.line.offset)
}

type NoRecordsProps = {
  readonly log: string
  readonly isFiltered: boolean
  readonly onClear: () => void
}

function NoRecords({ log, isFiltered, onClear }: NoRecordsProps) {
  return isFiltered ? (
    <EmptyState
      icon="filter"
      title="No such records"
      actions={<Button onClick={onClear}>Show all records</Button>}
    >
      The {log} has none of this step and type.
    </EmptyState>
  ) : (
    <EmptyState icon="history" title="No records">
      The {log} is missing or holds nothing that can be read.
    </EmptyState>
  )
}
