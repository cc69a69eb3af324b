import type { DamageRange, RepairPlan } from '../../../shared/core/repair/repairPlan.ts'
import { damagedFiles, findingsIn, type BytesView, type RawFile } from '../../state/repairStore.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { Tabs } from '../../ui/Tabs.tsx'
import { BytesText } from './BytesText.tsx'
import { DamageMap } from './DamageMap.tsx'
import styles from './RepairScreen.module.css'

export type BytesPaneProps = {
  readonly plan: RepairPlan
  readonly file: RawFile
  readonly bytes: BytesView
  /** The fix that is looked at. */
  readonly chosen: string | null
  /** The byte that is looked at; null: the first damage is in sight. */
  readonly lookedAt: number | null
  readonly onFile: (file: RawFile) => void
  readonly onLookAt: (range: DamageRange) => void
  readonly onEarlier: () => void
  readonly onLater: () => void
}

/** A file as it stands on disk, with its damage marked and the first of it in sight. */
export function BytesPane(props: BytesPaneProps) {
  const { plan, file, bytes, onFile } = props
  return (
    <Tabs
      label="File"
      tabs={damagedFiles(plan).map((id) => ({
        id,
        label: labels[id],
        count: findingsIn(plan, id).length || undefined,
      }))}
      selected={file}
      onSelect={onFile}
    >
      {bytes.kind === 'loading' && <Spinner label={`Reading the ${file}`} />}
      {bytes.kind === 'failed' && <ErrorPanel error={bytes.error} onRetry={() => onFile(file)} />}
      {bytes.kind === 'ready' && <Window {...props} key={file} bytes={bytes} />}
    </Tabs>
  )
}

const labels: { readonly [F in RawFile]: string } = {
  head: 'Head',
  journal: 'Journal',
  document: 'Document',
}

type WindowProps = BytesPaneProps & { readonly bytes: Extract<BytesView, { kind: 'ready' }> }

function Window(props: WindowProps) {
  const { plan, file, bytes, chosen, lookedAt, onLookAt, onEarlier, onLater } = props
  const { offset, nextOffset, sizeBytes } = bytes
  const ranges = plan.damage.filter((range) => range.file === file)
  const end = nextOffset ?? sizeBytes
  return (
    <div className={styles.window}>
      {offset > 0 && (
        <Button size="s" variant="quiet" icon="arrowUp" onClick={onEarlier}>
          Show earlier bytes
        </Button>
      )}
      <div className={styles.mapped}>
        <div className={styles.code}>
          <BytesText
            label={`Bytes of the ${file}`}
            bytes={bytes}
            findings={findingsIn(plan, file)}
            ranges={ranges}
            chosen={chosen}
            lookedAt={lookedAt}
            onLookAt={onLookAt}
          />
        </div>
        <DamageMap
          sizeBytes={sizeBytes}
          from={offset}
          to={end}
          ranges={ranges}
          chosen={chosen}
          onChoose={onLookAt}
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
