import { useEffect, useMemo, useState } from 'react'
import { useStore } from 'zustand'
import type { Ref } from '../../../shared/contract/call.ts'
import type { LogMatch } from '../../../shared/contract/reading.ts'
import type { StepId } from '../../../shared/schema/ids.ts'
import { useClient } from '../../client/ClientProvider.tsx'
import { everyInterval } from '../../state/every.ts'
import { createSliceStore } from '../../state/sliceStore.ts'
import { usePageStore } from '../../state/usePageStore.ts'
import { useMask } from '../../state/useMask.ts'
import { CodeText } from '../../ui/CodeText.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { LogTools } from './LogTools.tsx'
import styles from './tab.module.css'

export type LogViewProps = {
  readonly reference: Ref
  readonly step: StepId
  readonly attempt: number
  readonly isLive: boolean
  readonly query: string
  /** A line that was found, which is brought into view. */
  readonly found: LogMatch | null
}

/** The log of one attempt: its end first, and any other place of it. */
export function LogView({ reference, step, attempt, isLive, query, found }: LogViewProps) {
  const client = useClient()
  const store = usePageStore(`${step} ${attempt} ${isLive}`, () =>
    createSliceStore({
      from: 'end',
      read: (offset, limitBytes, numbered) =>
        client.call('run.log', { ref: reference, step, attempt, offset, limitBytes, numbered }),
      // A log has no events of its own.
      ...(isLive ? { onGrowth: (grown) => everyInterval(1000, grown) } : {}),
    }),
  )
  const log = useStore(store)
  const { phase, seek } = log
  const mask = useMask()
  const text = useMemo(() => mask.text(log.text), [mask, log.text])
  const [wraps, setWraps] = useState(true)
  const [follows, setFollows] = useState(true)
  const [line, setLine] = useState<number | null>(null)
  /** The place that was found and that somebody has left since. */
  const [left, setLeft] = useState<LogMatch | null>(null)
  const target = found === left ? null : found
  const isReady = phase === 'ready'
  useEffect(() => {
    if (target !== null && isReady) void seek(target.offset)
  }, [target, isReady, seek])
  const leave = () => {
    setLeft(found)
    setLine(null)
  }
  const goTo = (offset: number | null) => {
    leave()
    setFollows(offset === null)
    void seek(offset)
  }
  const isAtEnd = log.endOffset === log.sizeBytes
  return (
    <div className={styles.pane}>
      <LogTools
        log={log}
        isLive={isLive}
        follows={follows && isAtEnd}
        wraps={wraps}
        onWrap={setWraps}
        onGo={goTo}
        onEarlier={() => {
          leave()
          setFollows(false)
          setLine(log.firstLine)
          void log.readEarlier()
        }}
      />
      {log.error && <ErrorPanel error={log.error} onRetry={() => void log.readLater()} />}
      {phase === 'loading' && <Spinner label="Reading the log" />}
      {isReady && log.sizeBytes === 0 && (
        <EmptyState icon="menu" title="Nothing was written">
          Attempt {attempt} of {step} wrote nothing{isLive ? ' yet' : ''}.
        </EmptyState>
      )}
      {isReady && log.sizeBytes > 0 && (
        <div className={styles.content}>
          <CodeText
            label={`Log of ${step}, attempt ${attempt}`}
            text={text}
            ansi
            wrap={wraps}
            firstLine={log.firstLine}
            query={query}
            follow={follows && isAtEnd && line === null && target === null}
            onEnd={(isEnd) => {
              setFollows(isEnd)
              if (isEnd && !isAtEnd) void log.readLater()
            }}
            showLine={target?.line ?? line}
          />
        </div>
      )}
    </div>
  )
}
