import { useStore } from 'zustand'
import type { RunDetail } from '../../../shared/contract/runs.ts'
import type { RunStore } from '../../state/runStore.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { formatBytes } from '../../ui/formatBytes.ts'

export type ArchiveDialogProps = {
  readonly detail: RunDetail
  readonly store: RunStore
  readonly open: boolean
  readonly onClose: () => void
}

/** What archiving a run does, before it is done. */
export function ArchiveDialog({ detail, store, open, onClose }: ArchiveDialogProps) {
  const archive = useStore(store, (state) => state.archive)
  return (
    <ConfirmDialog
      open={open}
      title="Archive this run?"
      confirm="Archive the run"
      onConfirm={() => {
        onClose()
        void archive()
      }}
      onClose={onClose}
    >
      <p>
        Its {detail.files.length} files, {formatBytes(detail.sizeBytes)}, become one compressed
        file. The run stays in the list and can be read as now; before it is resumed, repaired or
        deleted it has to be brought back.
      </p>
    </ConfirmDialog>
  )
}
