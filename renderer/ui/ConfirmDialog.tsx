import type { ReactNode } from 'react'
import { Button } from './Button.tsx'
import { Dialog } from './Dialog.tsx'

export type ConfirmDialogProps = {
  readonly open: boolean
  readonly title: string
  /** What the button says: the verb, never "OK". */
  readonly confirm: string
  readonly danger?: boolean
  readonly busy?: boolean
  readonly disabled?: boolean
  readonly onConfirm: () => void
  readonly onClose: () => void
  readonly children: ReactNode
}

export function ConfirmDialog(props: ConfirmDialogProps) {
  const { open, title, confirm, danger = false, busy = false, disabled = false } = props
  const { onConfirm, onClose, children } = props
  return (
    <Dialog
      open={open}
      title={title}
      onClose={onClose}
      size="s"
      footer={
        <>
          <Button variant="quiet" onClick={onClose}>
            Keep as it is
          </Button>
          <Button
            variant={danger ? 'danger' : 'primary'}
            busy={busy}
            disabled={disabled}
            onClick={onConfirm}
          >
            {confirm}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  )
}
