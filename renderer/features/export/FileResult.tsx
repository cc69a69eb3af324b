import { useStore } from 'zustand'
import { useStores } from '../../state/StoresProvider.tsx'
import { useWorkspace } from '../../state/useWorkspace.ts'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { formatBytes } from '../../ui/formatBytes.ts'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { ExportPreview } from './ExportPreview.tsx'
import styles from './ExportDialog.module.css'

/** How the file would begin, and what came of it. */
export function FileResult() {
  const { preview, work, cancel, retry } = useStore(useStores().exports)
  const workspace = useWorkspace()
  return (
    <>
      {work.kind === 'running' && (
        <ProgressBar
          label="Making the file"
          done={work.done}
          total={work.total}
          onCancel={cancel}
        />
      )}
      {work.kind === 'failed' && <ErrorPanel error={work.error} />}
      {work.kind === 'done' && (
        <output className={styles.done}>
          {`${work.name} was handed over, ${formatBytes(work.end.sizeBytes)}.`}
          {workspace?.writable === true && ' The operations log has it.'}
        </output>
      )}
      <ExportPreview preview={preview} onRetry={retry} />
    </>
  )
}
