import { useStore } from 'zustand'
import type { ExportChoice, ExportSubject } from '../../state/exportStore.ts'
import { useStores } from '../../state/StoresProvider.tsx'
import { useWorkspace } from '../../state/useWorkspace.ts'
import { Button } from '../../ui/Button.tsx'
import { CopyCommand } from '../../ui/CopyCommand.tsx'
import { formatBytes } from '../../ui/formatBytes.ts'
import { exportCommand } from './exportCommand.ts'
import styles from './ExportDialog.module.css'

export type FileFooterProps = { readonly onClose: () => void }

export function FileFooter({ onClose }: FileFooterProps) {
  const { subject, choice, reason, preview, work, save } = useStore(useStores().exports)
  const why = useWhyNot()
  const isRunning = work.kind === 'running'
  const needsReason = !choice.redact && reason.trim() === ''
  const command = needsReason ? null : exportCommand(namesOf(subject, choice), choice, reason)
  const what = choice.redact ? 'Save the file' : 'Save the file with its secrets'
  return (
    <>
      {command !== null && <CopyCommand text={command} />}
      <span className={styles.why}>{why}</span>
      {!isRunning && (
        <Button variant="quiet" onClick={onClose}>
          {work.kind === 'done' ? 'Done' : 'Close'}
        </Button>
      )}
      {!isRunning && (
        <Button
          variant={choice.redact ? 'primary' : 'danger'}
          icon="external"
          disabled={preview.kind !== 'ready' || why !== null}
          onClick={() => void save()}
        >
          {preview.kind === 'ready' ? `${what}, ${formatBytes(preview.plan.sizeBytes)}` : what}
        </Button>
      )}
    </>
  )
}

function namesOf(subject: ExportSubject | null, { as }: ExportChoice): readonly string[] {
  const { runs = [], documents = [] } = subject ?? {}
  return as === 'json' ? [...runs, ...documents.map(({ document }) => document)] : runs
}

function useWhyNot(): string | null {
  const { choice, reason } = useStore(useStores().exports)
  const workspace = useWorkspace()
  if (!choice.redact && workspace?.writable === false)
    return 'Read-only: with their secrets runs leave only where it can be noted who took them.'
  return !choice.redact && reason.trim() === '' ? 'Say why the secrets stay in.' : null
}
