import { useStore } from 'zustand'
import type { Ref } from '../../../shared/contract/call.ts'
import type { JournalLine } from '../../../shared/contract/reading.ts'
import { useClient } from '../../client/ClientProvider.tsx'
import { isNative } from '../../state/makeRef.ts'
import { createSliceStore } from '../../state/sliceStore.ts'
import { copyTitle, useMask } from '../../state/useMask.ts'
import { usePageStore } from '../../state/usePageStore.ts'
import { Button } from '../../ui/Button.tsx'
import { CodeText } from '../../ui/CodeText.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { formatBytes } from '../../ui/formatBytes.ts'
import { indentJson } from '../../ui/indentJson.ts'
import { Spinner } from '../../ui/Spinner.tsx'
import { TabBar } from './TabBar.tsx'
import styles from './tab.module.css'

export type RecordPaneProps = { readonly reference: Ref; readonly line: JournalLine }

/** The text of one line of the journal, read when it is chosen. */
export function RecordPane({ reference, line }: RecordPaneProps) {
  const client = useClient()
  const { offset } = line
  const key = `${reference.document} ${reference.item ?? ''} ${offset} ${line.sizeBytes}`
  const store = usePageStore(key, () =>
    createSliceStore({
      from: 'start',
      read: (at, limitBytes) =>
        isNative(reference)
          ? readPart(client, { reference, line, at, limitBytes })
          : readEntry(client, { reference, line }),
    }),
  )
  const record = useStore(store)
  const mask = useMask()
  const sizeBytes = isNative(reference) ? line.sizeBytes : record.sizeBytes
  const isWhole = record.endOffset >= sizeBytes
  return (
    <div className={styles.pane}>
      <TabBar>
        {line.kind === 'record' ? `Record ${line.seq}` : 'Damaged line'}
        {isNative(reference) &&
          ` at byte ${offset.toLocaleString('en')}, ${formatBytes(sizeBytes)}`}
        <CopyButton text={mask.text(record.text)} what="record" note={copyTitle(mask)} />
        {record.phase === 'ready' && !isWhole && (
          <Button size="s" variant="quiet" onClick={() => void record.readLater()}>
            Read on ({formatBytes(sizeBytes - record.endOffset)} left)
          </Button>
        )}
      </TabBar>
      {record.phase === 'loading' && <Spinner label="Reading the record" size="s" />}
      {record.error && <ErrorPanel error={record.error} onRetry={() => void record.readLater()} />}
      {record.phase === 'ready' && (
        <div className={styles.content}>
          <CodeText
            label="Record"
            text={mask.text(isWhole ? indentJson(record.text) : record.text)}
            wrap
          />
        </div>
      )}
    </div>
  )
}

/** An entry of an engine's log is told whole: it is no file of ours. */
async function readEntry(
  client: ReturnType<typeof useClient>,
  { reference, line }: RecordPaneProps,
) {
  const fromSeq = line.kind === 'record' ? line.seq : null
  const options = { ref: reference, fromSeq, descending: false, limit: 1 }
  const { records } = await client.call('run.history', options)
  const text = records[0]?.text ?? ''
  const sizeBytes = new TextEncoder().encode(text).length
  return { text, offset: 0, nextOffset: null, sizeBytes }
}

type Part = RecordPaneProps & { readonly at: number; readonly limitBytes: number }

/** Offsets are those of the line, which lies somewhere in the journal. */
async function readPart(
  client: ReturnType<typeof useClient>,
  { reference, line, at, limitBytes }: Part,
) {
  const slice = await client.call('run.raw', {
    ref: reference,
    file: 'journal',
    offset: line.offset + at,
    limitBytes: Math.max(1, Math.min(limitBytes, line.sizeBytes - at)),
  })
  const end = (slice.nextOffset ?? slice.sizeBytes) - line.offset
  const nextOffset = end >= line.sizeBytes ? null : end
  return { ...slice, offset: at, nextOffset, sizeBytes: line.sizeBytes }
}
