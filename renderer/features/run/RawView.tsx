import { useEffect, useMemo, useState } from 'react'
import { useStore } from 'zustand'
import type { RunDetail } from '../../../shared/contract/runs.ts'
import type { Finding } from '../../../shared/core/integrity/finding.ts'
import { useClient } from '../../client/ClientProvider.tsx'
import { createSliceStore, type SliceState } from '../../state/sliceStore.ts'
import { useMask } from '../../state/useMask.ts'
import { usePageStore } from '../../state/usePageStore.ts'
import { Button } from '../../ui/Button.tsx'
import { CodeText } from '../../ui/CodeText.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { formatBytes } from '../../ui/formatBytes.ts'
import { Spinner } from '../../ui/Spinner.tsx'
import { Findings } from './Findings.tsx'
import { HexView } from './HexView.tsx'
import { lineAtByte } from './lineAtByte.ts'
import type { RawFile } from '../../state/route.ts'
import { firstUnreadable } from './firstUnreadable.ts'
import { TabBar } from './TabBar.tsx'
import styles from './tab.module.css'

export type RawViewProps = {
  readonly detail: RunDetail
  readonly file: RawFile
  /** The byte that is to be shown first. */
  readonly at: number | null
}

/** The file as text, with what is wrong with it where it stands; as digits around a place that is no text. */
export function RawView({ detail, file, at }: RawViewProps) {
  const client = useClient()
  const { ref, rev } = detail
  const store = usePageStore(`${ref.document} ${file} ${rev}`, () =>
    createSliceStore({
      from: 'start',
      read: (offset, limitBytes, numbered) =>
        client.call('run.raw', { ref, file, offset, limitBytes, numbered }),
    }),
  )
  const raw = useStore(store)
  const mask = useMask()
  const text = useMemo(() => mask.text(raw.text), [mask, raw.text])
  const [shown, setShown] = useState<Finding | null>(null)
  const [hexAt, setHexAt] = useState<number | null>(null)
  const findings = detail.findings.filter((finding) => finding.file === file)
  const marks = useMemo(
    () =>
      findings.flatMap((finding) => {
        const line = lineOf(finding, raw)
        return line === null ? [] : [{ line, severity: finding.severity, text: finding.sentence }]
      }),
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the findings change only with the revision
    [rev, file, raw.text],
  )
  const isReady = raw.phase === 'ready'
  useEffect(() => {
    setShown(null)
    if (isReady && at !== null) void store.getState().seek(at)
  }, [store, isReady, at])
  const unreadable = useMemo(() => firstUnreadable(raw.text), [raw.text])
  if (raw.phase === 'loading') return <Spinner label="Reading the file" />
  if (raw.phase === 'failed' && raw.error) {
    return <ErrorPanel error={raw.error} onRetry={() => void raw.readLater()} />
  }
  const go = (finding: Finding) => {
    setShown(finding)
    if (hexAt !== null && finding.offset !== null) setHexAt(finding.offset)
    if (finding.offset !== null) void raw.seek(finding.offset)
  }
  const goal = shown ?? (at === null ? null : { line: null, offset: at })
  const found = goal ?? findings.find(({ offset }) => offset !== null)
  const byte = found?.offset ?? (unreadable === null ? null : raw.startOffset + unreadable)
  return (
    <div className={styles.pane}>
      <Findings findings={findings} onGo={go} />
      {raw.sizeBytes > 0 && (
        <TabBar>
          {unreadable !== null && <span>Some bytes are no UTF-8: they are shown as �.</span>}
          {hexAt === null ? (
            <Button size="s" variant="quiet" onClick={() => setHexAt(byte ?? raw.startOffset)}>
              Show bytes as digits
            </Button>
          ) : (
            <Button size="s" variant="quiet" onClick={() => setHexAt(null)}>
              Show text
            </Button>
          )}
          {raw.startOffset > 0 && (
            <>
              <Button size="s" variant="quiet" onClick={() => void raw.seek(0)}>
                Start
              </Button>
              <Button size="s" variant="quiet" onClick={() => void raw.readEarlier()}>
                Read earlier
              </Button>
            </>
          )}
          <span className={styles.push}>
            {formatBytes(raw.startOffset)} to {formatBytes(raw.endOffset)} of{' '}
            {formatBytes(raw.sizeBytes)}
          </span>
          {raw.endOffset < raw.sizeBytes && (
            <Button size="s" variant="quiet" onClick={() => void raw.readLater()}>
              Read on
            </Button>
          )}
        </TabBar>
      )}
      {raw.error && <ErrorPanel error={raw.error} onRetry={() => void raw.readLater()} />}
      {raw.sizeBytes === 0 ? (
        <EmptyState icon="file" title="Empty">
          The file holds no bytes.
        </EmptyState>
      ) : hexAt === null ? (
        <div className={styles.content}>
          <CodeText
            label={`Bytes of the ${file}`}
            text={text}
            firstLine={raw.firstLine}
            marks={marks}
            showLine={goal === null ? null : lineOf(goal, raw)}
          />
        </div>
      ) : (
        <HexView reference={ref} file={file} at={hexAt} />
      )}
    </div>
  )
}

/** The line of a finding, where it lies within what is shown. */
function lineOf(
  finding: Pick<Finding, 'line' | 'offset'>,
  { text, startOffset, endOffset, firstLine }: SliceState,
): number | null {
  if (finding.line !== null) return finding.line
  if (finding.offset === null || finding.offset < startOffset || finding.offset > endOffset)
    return null
  const line = lineAtByte(text, finding.offset - startOffset)
  return line === null ? null : line + (firstLine ?? 1) - 1
}
