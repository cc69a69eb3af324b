import { useState } from 'react'
import { useStore } from 'zustand'
import type { RunStore } from '../../state/runStore.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { TextField } from '../../ui/TextField.tsx'
import styles from './CancelDialog.module.css'

export type CancelDialogProps = {
  readonly store: RunStore
  readonly open: boolean
  readonly onClose: () => void
}

export function CancelDialog({ store, open, onClose }: CancelDialogProps) {
  const { cancel } = useStore(store)
  const [reason, setReason] = useState('')
  return (
    <ConfirmDialog
      open={open}
      title="Cancel this run?"
      confirm="Cancel the run"
      danger
      onConfirm={() => {
        onClose()
        void cancel(reason.trim() === '' ? null : reason.trim())
      }}
      onClose={onClose}
    >
      <div className={styles.text}>
        <p>
          Steps that run now are ended, what they have done stays. A cancelled run can be resumed
          later, or forked from any checkpoint.
        </p>
        <TextField
          label="Reason (kept in the journal)"
          value={reason}
          onChange={setReason}
          placeholder="Optional"
        />
      </div>
    </ConfirmDialog>
  )
}
