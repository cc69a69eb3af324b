import { useState } from 'react'
import { useStore } from 'zustand'
import type { RunDetail } from '../../../shared/contract/runs.ts'
import type { RunStore } from '../../state/runStore.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { EncryptChoice } from '../../ui/EncryptChoice.tsx'
import { formatBytes } from '../../ui/formatBytes.ts'
import { givenPassphrase, noPassphrase } from '../../ui/passphraseDraft.ts'
import styles from './ArchiveDialog.module.css'

export type ArchiveDialogProps = {
  readonly detail: RunDetail
  readonly store: RunStore
  readonly open: boolean
  readonly onClose: () => void
}

/** What archiving a run does, before it is done. */
export function ArchiveDialog({ detail, store, open, onClose }: ArchiveDialogProps) {
  const archive = useStore(store, (state) => state.archive)
  const [draft, setDraft] = useState(noPassphrase)
  const passphrase = givenPassphrase(draft)
  const close = () => {
    setDraft(noPassphrase)
    onClose()
  }
  return (
    <ConfirmDialog
      open={open}
      title="Archive this run?"
      confirm="Archive the run"
      disabled={passphrase === undefined}
      onConfirm={() => {
        close()
        void archive(passphrase)
      }}
      onClose={close}
    >
      <div className={styles.body}>
        <p>
          Its {detail.files.length} files, {formatBytes(detail.sizeBytes)}, become one compressed
          file. The run stays in the list{draft.encrypts ? '' : ' and can be read as now'}; before
          it is resumed, repaired or deleted it has to be brought back.
        </p>
        <EncryptChoice draft={draft} onChange={setDraft} />
      </div>
    </ConfirmDialog>
  )
}
