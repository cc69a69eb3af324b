import { useStore } from 'zustand'
import { bundleCommand, whyNotExported } from '../../state/bundleExportStore.ts'
import { useStores } from '../../state/StoresProvider.tsx'
import { Button } from '../../ui/Button.tsx'
import { CopyCommand } from '../../ui/CopyCommand.tsx'
import styles from './ExportDialog.module.css'

export type BundleFooterProps = { readonly onClose: () => void }

export function BundleFooter({ onClose }: BundleFooterProps) {
  const state = useStore(useStores().bundleExport)
  const { work, choices, make } = state
  if (work.kind === 'done')
    return (
      <Button variant="primary" onClick={onClose}>
        Done
      </Button>
    )
  const why = whyNotExported(state)
  return (
    <>
      <CopyCommand text={bundleCommand(state)} />
      <span className={styles.why}>{why}</span>
      <Button variant="quiet" onClick={onClose}>
        Close
      </Button>
      <Button
        variant={choices.redact ? 'primary' : 'danger'}
        icon="external"
        disabled={why !== null || work.kind === 'making'}
        onClick={() => void make()}
      >
        {choices.redact ? 'Save the file' : 'Save the file with its secrets'}
      </Button>
    </>
  )
}
