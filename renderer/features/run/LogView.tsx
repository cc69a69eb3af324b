import { useMemo, useState, type ReactNode } from 'react'
import { useStore } from 'zustand'
import type { Ref } from '../../../shared/contract/call.ts'
import type { StepId } from '../../../shared/schema/ids.ts'
import { useClient } from '../../client/ClientProvider.tsx'
import { everyInterval } from '../../state/every.ts'
import { createSliceStore } from '../../state/sliceStore.ts'
import { useMask } from '../../state/useMask.ts'
import { usePageStore } from '../../state/usePageStore.ts'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { CodeText } from '../../ui/CodeText.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { formatBytes } from '../../ui/formatBytes.ts'
import { SearchField } from '../../ui/SearchField.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { matchingLines } from './matchingLines.ts'
import { TabBar } from './TabBar.tsx'
import styles from './tab.module.css'

export type LogViewProps = {
  readonly reference: Ref
  readonly step: StepId
  readonly attempt: number
  readonly isLive: boolean
  /** Chooses what is shown; stands before the search. */
  readonly children: ReactNode
}

export function LogView({ reference, step, attempt, isLive, children }: LogViewProps) {
  const client = useClient()
  const store = usePageStore(`${step} ${attempt} ${isLive}`, () =>
    createSliceStore({
      from: 'end',
      read: (offset, limitBytes) =>
        client.call('run.log', { ref: reference, step, attempt, offset, limitBytes }),
      // A log has no events of its own.
      ...(isLive ? { onGrowth: (grown) => everyInterval(1000, grown) } : {}),
    }),
  )
  const log = useStore(store)
  const [query, setQuery] = useState('')
  const [match, setMatch] = useState(0)
  const [follows, setFollows] = useState(true)
  // A log that has ended is opened at its end; who reads earlier pieces looks elsewhere.
  const [isAtEnd, setAtEnd] = useState(true)
  const mask = useMask()
  const text = useMemo(() => mask.text(log.text), [mask, log.text])
  const lines = useMemo(() => matchingLines(text, query), [text, query])

  return (
    <div className={styles.pane}>
      <TabBar>
        {children}
        <SearchField
          label="Search the log"
          value={query}
          onChange={(text) => {
            setQuery(text)
            setMatch(0)
          }}
          onEnter={() => setMatch((match + 1) % Math.max(1, lines.length))}
        />
        {query !== '' && (
          <output>
            {lines.length === 0 ? 'Not found' : `Line ${match + 1} of ${lines.length}`}
          </output>
        )}
        {isLive && <Checkbox label="Follow" checked={follows} onChange={setFollows} />}
        <span className={styles.push}>{formatBytes(log.sizeBytes)}</span>
        {log.startOffset > 0 && (
          <Button
            size="s"
            variant="quiet"
            icon="arrowUp"
            onClick={() => {
              setAtEnd(false)
              void log.readEarlier()
            }}
          >
            {`Read earlier (${formatBytes(log.startOffset)})`}
          </Button>
        )}
      </TabBar>
      {log.error && <ErrorPanel error={log.error} onRetry={() => void log.readLater()} />}
      {log.phase === 'loading' && <Spinner label="Reading the log" />}
      {log.phase === 'ready' && log.sizeBytes === 0 && (
        <EmptyState icon="menu" title="Nothing was written">
          Attempt {attempt} of {step} wrote nothing{isLive ? ' yet' : ''}.
        </EmptyState>
      )}
      {log.phase === 'ready' && log.sizeBytes > 0 && (
        <div className={styles.content}>
          <CodeText
            label={`Log of ${step}, attempt ${attempt}`}
            text={text}
            ansi
            wrap
            firstLine={log.startOffset === 0 ? 1 : null}
            query={query}
            follow={query === '' && (isLive ? follows : isAtEnd)}
            showLine={query === '' ? null : (lines[match] ?? null)}
          />
        </div>
      )}
    </div>
  )
}
