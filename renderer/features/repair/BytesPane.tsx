import type { RepairPlan } from '../../../shared/core/repair/repairPlan.ts'
import type { BytesView } from '../../state/bytesView.ts'
import {
  damagedFiles,
  findingsIn,
  type RawFile,
  type RepairState,
} from '../../state/repairStore.ts'
import { useMask } from '../../state/useMask.ts'
import { BytesWindow } from '../../ui/BytesWindow.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { Tabs } from '../../ui/Tabs.tsx'

export type BytesPaneProps = {
  readonly plan: RepairPlan
  readonly file: RawFile
  readonly bytes: BytesView
  /** The fix that is looked at. */
  readonly chosen: string | null
  /** The byte that is looked at; null: the first damage is in sight. */
  readonly lookedAt: number | null
  readonly onFile: (file: RawFile) => void
  readonly onLookAt: RepairState['lookAt']
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
  const mask = useMask()
  return (
    <BytesWindow
      label={`Bytes of the ${file}`}
      bytes={bytes}
      findings={findingsIn(plan, file)}
      ranges={plan.damage.filter((range) => range.file === file)}
      chosen={chosen}
      lookedAt={lookedAt}
      masked={mask.text}
      onLookAt={({ offset, fix }) => onLookAt({ file, offset, fix })}
      onEarlier={onEarlier}
      onLater={onLater}
    />
  )
}
