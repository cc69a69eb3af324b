import type { RepairPlan } from '../../../shared/core/repair/repairPlan.ts'
import { findingsIn, rawFiles, type BytesView, type RawFile } from '../../state/repairStore.ts'
import { useMask } from '../../state/useMask.ts'
import { Button } from '../../ui/Button.tsx'
import { CodeText } from '../../ui/CodeText.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { Tabs } from '../../ui/Tabs.tsx'
import { placeFindings } from './placeFindings.ts'
import styles from './RepairScreen.module.css'

export type BytesPaneProps = {
  readonly plan: RepairPlan
  readonly file: RawFile
  readonly bytes: BytesView
  readonly onFile: (file: RawFile) => void
  readonly onEarlier: () => void
  readonly onLater: () => void
}

/** A file as it stands on disk, with its damage marked and the first of it in sight. */
export function BytesPane({ plan, file, bytes, onFile, onEarlier, onLater }: BytesPaneProps) {
  const tabs = rawFiles.filter((name) => name !== 'document' || findingsIn(plan, name).length > 0)
  return (
    <Tabs
      label="File"
      tabs={tabs.map((id) => ({
        id,
        label: labels[id],
        count: findingsIn(plan, id).length || undefined,
      }))}
      selected={file}
      onSelect={onFile}
    >
      {bytes.kind === 'loading' && <Spinner label={`Reading the ${file}`} />}
      {bytes.kind === 'failed' && <ErrorPanel error={bytes.error} onRetry={() => onFile(file)} />}
      {bytes.kind === 'ready' && (
        <Window
          key={file}
          plan={plan}
          file={file}
          bytes={bytes}
          onEarlier={onEarlier}
          onLater={onLater}
        />
      )}
    </Tabs>
  )
}

const labels: { readonly [F in RawFile]: string } = {
  head: 'Head',
  journal: 'Journal',
  document: 'Document',
}

type WindowProps = Omit<BytesPaneProps, 'bytes' | 'onFile'> & {
  readonly bytes: Extract<BytesView, { kind: 'ready' }>
}

function Window({ plan, file, bytes, onEarlier, onLater }: WindowProps) {
  const mask = useMask()
  const { text, offset, nextOffset, sizeBytes } = bytes
  const { firstLine, marks, firstMarked } = placeFindings(bytes, findingsIn(plan, file))
  const end = nextOffset ?? sizeBytes
  return (
    <div className={styles.window}>
      {offset > 0 && (
        <Button size="s" variant="quiet" icon="arrowUp" onClick={onEarlier}>
          Show earlier bytes
        </Button>
      )}
      <div className={styles.code}>
        <CodeText
          label={`Bytes of the ${file}`}
          text={mask.text(text)}
          firstLine={firstLine}
          marks={marks}
          showLine={firstMarked}
          wrap
        />
      </div>
      {nextOffset !== null && (
        <Button size="s" variant="quiet" icon="arrowDown" onClick={onLater}>
          Show later bytes
        </Button>
      )}
      <p className={styles.note}>
        Bytes {offset.toLocaleString('en')} to {end.toLocaleString('en')} of{' '}
        {sizeBytes.toLocaleString('en')}
      </p>
    </div>
  )
}
