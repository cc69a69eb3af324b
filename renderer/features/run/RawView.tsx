import { useMemo, useState } from 'react'
import { useStore } from 'zustand'
import type { RunDetail } from '../../../shared/contract/runs.ts'
import type { Finding } from '../../../shared/core/integrity/finding.ts'
import { useClient } from '../../client/ClientProvider.tsx'
import { createSliceStore } from '../../state/sliceStore.ts'
import { useMask } from '../../state/useMask.ts'
import { usePageStore } from '../../state/usePageStore.ts'
import { Button } from '../../ui/Button.tsx'
import { CodeText } from '../../ui/CodeText.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { formatBytes } from '../../ui/formatBytes.ts'
import { Spinner } from '../../ui/Spinner.tsx'
import { Findings } from './Findings.tsx'
import { lineAtByte } from './lineAtByte.ts'
import { TabBar } from './TabBar.tsx'
import styles from './tab.module.css'

export type RawFile = 'head' | 'journal' | 'document'
export type RawViewProps = { readonly detail: RunDetail; readonly file: RawFile }

export function RawView({ detail, file }: RawViewProps) {
  const client = useClient()
  const { ref, rev } = detail
  const store = usePageStore(`${ref.document} ${file} ${rev}`, () =>
    createSliceStore({
      from: 'start',
      read: (offset, limitBytes) => client.call('run.raw', { ref, file, offset, limitBytes }),
    }),
  )
  const raw = useStore(store)
  const mask = useMask()
  const text = useMemo(() => mask.text(raw.text), [mask, raw.text])
  const [shown, setShown] = useState<number | null>(null)
  const findings = detail.findings.filter((finding) => finding.file === file)
  const marks = useMemo(
    () =>
      findings.flatMap((finding) => {
        const line = lineOf(finding, raw.text)
        return line === null ? [] : [{ line, severity: finding.severity, text: finding.sentence }]
      }),
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the findings change only with the revision
    [rev, file, raw.text],
  )
  if (raw.phase === 'loading') return <Spinner label="Reading the file" />
  if (raw.phase === 'failed' && raw.error) {
    return <ErrorPanel error={raw.error} onRetry={() => void raw.readLater()} />
  }
  return (
    <div className={styles.pane}>
      <Findings findings={findings} onGo={(finding) => setShown(lineOf(finding, raw.text))} />
      {raw.sizeBytes === 0 ? (
        <EmptyState icon="file" title="Empty">
          The file holds no bytes.
        </EmptyState>
      ) : (
        <div className={styles.content}>
          <CodeText label={`Bytes of the ${file}`} text={text} marks={marks} showLine={shown} />
        </div>
      )}
      {raw.error && <ErrorPanel error={raw.error} />}
      {raw.endOffset < raw.sizeBytes && (
        <TabBar>
          The first {formatBytes(raw.endOffset)} of {formatBytes(raw.sizeBytes)}.
          <Button size="s" variant="quiet" onClick={() => void raw.readLater()}>
            Read on
          </Button>
        </TabBar>
      )}
    </div>
  )
}

function lineOf(finding: Finding, text: string): number | null {
  if (finding.line !== null) return finding.line
  return finding.offset === null ? null : lineAtByte(text, finding.offset)
}
