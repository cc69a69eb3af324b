import { useStore } from 'zustand'
import { bundleCommand, whyNotExported } from '../../state/bundleExportStore.ts'
import { useWorkspace } from '../../state/useWorkspace.ts'
import { useStores } from '../../state/StoresProvider.tsx'
import { Button } from '../../ui/Button.tsx'
import { CopyCommand } from '../../ui/CopyCommand.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { formatBytes } from '../../ui/formatBytes.ts'
import { Icon } from '../../ui/Icon.tsx'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { countOf } from './countOf.ts'
import { ExportForm } from './ExportForm.tsx'
import { ExportPreview } from './ExportPreview.tsx'
import styles from './Bundle.module.css'

/** What would be in the file, what is masked, and the file itself. */
export function ExportDialog() {
  const state = useStore(useStores().bundleExport)
  const { runs, plan, work, choices, make, close, cancel, replan } = state
  const workspace = useWorkspace()
  const isBundle = (workspace?.bundle ?? null) !== null
  const why = isBundle ? 'This is a bundle already: pass its file on.' : whyNotExported(state)
  const isMaking = work.kind === 'making'
  const isDone = work.kind === 'done'
  return (
    <Dialog
      open={runs.length > 0}
      title={`Export ${runs.length === 1 ? 'this run' : countOf(runs.length, 'run')} as a bundle`}
      size="l"
      onClose={close}
      footer={
        isDone ? (
          <Button variant="primary" onClick={close}>
            Done
          </Button>
        ) : (
          <>
            <CopyCommand text={bundleCommand(state)} />
            <span className={styles.why}>{why}</span>
            <Button variant="quiet" onClick={close}>
              Close
            </Button>
            <Button
              variant={choices.redact ? 'primary' : 'danger'}
              icon="arrowDown"
              disabled={why !== null || isMaking}
              onClick={() => void make()}
            >
              {choices.redact ? 'Export' : 'Export unmasked'}
            </Button>
          </>
        )
      }
    >
      {isDone ? (
        <output className={styles.done}>
          <Icon name="checkCircle" size={16} />
          <span>
            <code>{work.name}</code>, {formatBytes(work.sizeBytes)}, was handed over as a download.
            Anybody can look at it with <code>unstuck open {work.name}</code>, or import it.
          </span>
        </output>
      ) : (
        <div className={styles.columns}>
          <ExportForm />
          <section className={styles.preview} aria-label="What would be in it">
            {work.kind === 'failed' && (
              <ErrorPanel error={work.error} onRetry={() => void replan()} />
            )}
            {isMaking && (
              <ProgressBar
                label="Making the bundle"
                done={work.done}
                total={work.total}
                onCancel={cancel}
              />
            )}
            {plan.kind === 'loading' && (
              <ProgressBar label="Looking at what would be in it" done={0} total={runs.length} />
            )}
            {plan.kind === 'failed' && (
              <ErrorPanel error={plan.error} onRetry={() => void replan()} />
            )}
            {plan.kind === 'ready' && <ExportPreview plan={plan.value} />}
          </section>
        </div>
      )}
    </Dialog>
  )
}
