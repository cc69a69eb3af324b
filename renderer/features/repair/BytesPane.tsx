import type { RepairFix, RepairPlan } from '../../../shared/core/repair/repairPlan.ts'
import { findingsIn, rawFiles, type BytesView, type RawFile } from '../../state/repairStore.ts'
import { useMask } from '../../state/useMask.ts'
import { Button } from '../../ui/Button.tsx'
import { CodeText } from '../../ui/CodeText.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { Tabs } from '../../ui/Tabs.tsx'
import { lineOf, placeFindings } from './placeFindings.ts'
import styles from './RepairScreen.module.css'

export type BytesPaneProps = {
  readonly plan: RepairPlan
  readonly file: RawFile
  readonly bytes: BytesView
  /** The fix that is looked at; null: the first damage is in sight. */
  readonly chosen: RepairFix | null
  readonly onFile: (file: RawFile) => void
  readonly onEarlier: () => void
  readonly onLater: () => void
}

/** A file as it stands on disk, with its damage marked and the first of it in sight. */
export function BytesPane(props: BytesPaneProps) {
  const { plan, file, bytes, chosen, onFile, onEarlier, onLater } = props
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
          chosen={chosen?.file === file ? chosen : null}
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

function Window({ plan, file, bytes, chosen, onEarlier, onLater }: WindowProps) {
  const mask = useMask()
  const { text, offset, nextOffset, sizeBytes } = bytes
  const { firstLine, marks, firstMarked } = placeFindings(bytes, findingsIn(plan, file))
  const chosenLine = chosen === null ? null : lineOf(bytes, chosen, firstLine)
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
          showLine={chosenLine ?? firstMarked}
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
