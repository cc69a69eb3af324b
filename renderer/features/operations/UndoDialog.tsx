import { useState } from 'react'
import type { OperationEntry } from '../../../shared/contract/upkeep.ts'
import { operationWords } from '../../../shared/core/operations/operationWords.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { TextField } from '../../ui/TextField.tsx'

export type UndoDialogProps = {
  readonly open: boolean
  readonly operation: OperationEntry
  readonly onClose: () => void
  readonly onConfirm: (reason: string | null) => void
}

export function UndoDialog({ open, operation, onClose, onConfirm }: UndoDialogProps) {
  const { call, item, undo } = operation
  const [reason, setReason] = useState('')
  return (
    <ConfirmDialog
      open={open}
      title={`Take back: ${operationWords(call)}`}
      confirm="Take back"
      onClose={onClose}
      onConfirm={() => onConfirm(reason.trim() === '' ? null : reason.trim())}
    >
      <p>
        {item} is put back as it was before: {operationWords(undo?.call ?? '').toLowerCase()}. What
        is there now is kept. It is refused when something was built on it since.
      </p>
      <TextField label="Why (optional)" value={reason} onChange={setReason} />
    </ConfirmDialog>
  )
}
