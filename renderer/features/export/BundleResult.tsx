import { useStore } from 'zustand'
import { useStores } from '../../state/StoresProvider.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { formatBytes } from '../../ui/formatBytes.ts'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { BundlePreview } from './BundlePreview.tsx'
import styles from './ExportDialog.module.css'

/** What would be in the bundle, and what came of it. */
export function BundleResult() {
  const { runs, documents, plan, work, cancel, replan } = useStore(useStores().bundleExport)
  const again = () => void replan()
  return (
    <>
      {work.kind === 'done' && (
        <output className={styles.done}>
          <code>{work.name}</code> was handed over, {formatBytes(work.sizeBytes)}. Anybody can look
          at it with <code>unstuck open {work.name}</code>, or import it.
        </output>
      )}
      {work.kind === 'failed' && <ErrorPanel error={work.error} onRetry={again} />}
      {work.kind === 'making' && (
        <ProgressBar
          label="Making the bundle"
          done={work.done}
          total={work.total}
          onCancel={cancel}
        />
      )}
      {plan.kind === 'loading' && (
        <ProgressBar
          label="Looking at what would be in it"
          done={0}
          total={runs.length + documents.length}
        />
      )}
      {plan.kind === 'failed' && <ErrorPanel error={plan.error} onRetry={again} />}
      {plan.kind === 'ready' && <BundlePreview plan={plan.value} />}
    </>
  )
}
