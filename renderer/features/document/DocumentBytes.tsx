import { useStore } from 'zustand'
import type { DocumentPlan } from '../../../shared/contract/documents.ts'
import type { BytesReady } from '../../state/bytesView.ts'
import type { DocumentBytesStore } from '../../state/documentBytesStore.ts'
import { useMask } from '../../state/useMask.ts'
import { BytesWindow } from '../../ui/BytesWindow.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { Tabs } from '../../ui/Tabs.tsx'

export type DocumentBytesProps = {
  readonly plan: DocumentPlan
  readonly store: DocumentBytesStore
}

/** The document as it stands on disk, with its damage marked and the first of it in sight. */
export function DocumentBytes({ plan, store }: DocumentBytesProps) {
  const mask = useMask()
  const { bytes, chosen, lookedAt, lookAt, retry, showEarlier, showLater } = useStore(store)
  return (
    <Tabs
      label="File"
      tabs={[{ id: 'document', label: 'Document', count: plan.damage?.length || undefined }]}
      selected="document"
      onSelect={retry}
    >
      {bytes.kind === 'loading' && <Spinner label="Reading the document" />}
      {bytes.kind === 'failed' && <ErrorPanel error={bytes.error} onRetry={retry} />}
      {bytes.kind === 'ready' && (
        <BytesWindow
          label="Bytes of the document"
          bytes={bytes}
          findings={plan.findings}
          ranges={plan.damage ?? []}
          chosen={chosen}
          lookedAt={lookedAt}
          masked={mask.text}
          note={writtenAs(bytes)}
          onLookAt={lookAt}
          onEarlier={showEarlier}
          onLater={showLater}
        />
      )}
    </Tabs>
  )
}

/** [F361] Bytes are counted as they are when they are decompressed, in the encoding that they are in. */
function writtenAs({ written }: BytesReady): string | null {
  if (written === undefined) return null
  const packed = written.packing === null ? null : `decompressed from ${written.packing}`
  const encoded = written.encoding === 'utf-8' ? null : 'read as UTF-16'
  const said = [packed, encoded].filter((part) => part !== null)
  return said.length === 0 ? null : `· ${said.join(', ')}`
}
