import { useStore } from 'zustand'
import { useStores } from '../../state/StoresProvider.tsx'
import { useWorkspace } from '../../state/useWorkspace.ts'
import { Button } from '../../ui/Button.tsx'
import { CopyCommand } from '../../ui/CopyCommand.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { formatBytes } from '../../ui/formatBytes.ts'
import { formatCount } from '../../ui/formatCount.ts'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { exportCommand } from './exportCommand.ts'
import { ExportChoices } from './ExportChoices.tsx'
import { ExportPreview } from './ExportPreview.tsx'
import { saveFile } from './saveFile.ts'
import styles from './ExportDialog.module.css'

/** Runs as a file for other programs: what it would be, what is taken out of it, and then the file. */
export function ExportDialog() {
  const { subject, choice, reason, preview, work, ...store } = useStore(useStores().exports)
  const workspace = useWorkspace()
  if (subject === null) return null
  const isRunning = work.kind === 'running'
  const needsReason = !choice.redact && reason.trim() === ''
  const command = needsReason ? null : exportCommand(subject.runs, choice, reason)
  const count = subject.runs.length
  return (
    <Dialog
      open
      size="l"
      title={count === 1 ? 'Export the run' : `Export ${formatCount(count)} runs`}
      onClose={store.close}
      footer={
        <>
          {command !== null && <CopyCommand text={command} />}
          {!isRunning && (
            <Button variant="quiet" onClick={store.close}>
              {work.kind === 'done' ? 'Done' : 'Close'}
            </Button>
          )}
          {!isRunning && (
            <Button
              variant="primary"
              icon="external"
              disabled={preview.kind !== 'ready' || needsReason}
              title={needsReason ? 'Say why nothing is redacted' : undefined}
              onClick={() => void store.save(saveFile)}
            >
              {preview.kind === 'ready'
                ? `Save the file, ${formatBytes(preview.plan.sizeBytes)}`
                : 'Save the file'}
            </Button>
          )}
        </>
      }
    >
      <div className={styles.columns}>
        <ExportChoices subject={subject} isBusy={isRunning} />
        <div className={styles.result}>
          {work.kind === 'running' && (
            <ProgressBar
              label="Making the file"
              done={work.done}
              total={work.total}
              onCancel={store.cancel}
            />
          )}
          {work.kind === 'failed' && <ErrorPanel error={work.error} />}
          {work.kind === 'done' && (
            <output className={styles.done}>
              {`${work.name} was handed over, ${formatBytes(work.end.sizeBytes)}.`}
              {workspace?.writable === true && ' The operations log has it.'}
            </output>
          )}
          <ExportPreview preview={preview} onRetry={store.retry} />
        </div>
      </div>
    </Dialog>
  )
}
