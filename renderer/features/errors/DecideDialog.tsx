import { useState } from 'react'
import { errorCommand } from '../../state/actionCommands.ts'
import type { SaidOfError } from '../../state/errorsStore.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { CopyCommand } from '../../ui/CopyCommand.tsx'
import { Select } from '../../ui/Select.tsx'
import { TextField } from '../../ui/TextField.tsx'
import styles from './ErrorsPage.module.css'

export type DecideDialogProps = {
  /** Null: it is closed. */
  readonly kind: 'resolved' | 'muted' | null
  /** Of the error, as the command line knows it. */
  readonly id: string
  readonly onClose: () => void
  readonly onDecide: (said: SaidOfError, reason: string | null) => void
}

/** Why it is resolved, or how long nobody wants to hear of it. */
export function DecideDialog({ kind, id, onClose, onDecide }: DecideDialogProps) {
  const [reason, setReason] = useState('')
  const [more, setMore] = useState('')
  const [days, setDays] = useState<string>(ever)
  const isMuting = kind === 'muted'
  const problem =
    isMuting && !/^([1-9]\d{0,5})?$/.test(more.trim()) ? 'A whole number, or none.' : null
  const why = reason.trim() === '' ? null : reason.trim()
  const count = more.trim() === '' || problem !== null ? null : Number(more)
  const span = days === ever ? null : Number(days)
  const confirm = () => {
    if (problem !== null) return
    const forMs = span === null ? null : span * dayMs
    onDecide(isMuting ? { kind: 'muted', more: count, forMs } : { kind: 'resolved' }, why)
  }
  return (
    <ConfirmDialog
      open={kind !== null}
      title={isMuting ? 'Mute this error' : 'Resolve this error'}
      confirm={isMuting ? 'Mute' : 'Resolve'}
      onClose={onClose}
      onConfirm={confirm}
    >
      <div className={styles.form}>
        <p>
          {isMuting
            ? 'It leaves the open errors until then. Its runs stay as they are.'
            : 'It leaves the open errors until the next run fails alike. Its runs stay as they are.'}
        </p>
        {isMuting && (
          <>
            <TextField
              label="Until so many more runs failed alike (optional)"
              value={more}
              onChange={setMore}
              placeholder="10"
              error={problem}
            />
            <Select label="Until" value={days} options={times} onChange={setDays} />
          </>
        )}
        <TextField takesFocus label="Why (optional)" value={reason} onChange={setReason} />
        <div>
          <CopyCommand
            size="s"
            text={
              isMuting
                ? errorCommand('mute', id, { more: count, days: span, reason: why })
                : errorCommand('resolve', id, { reason: why })
            }
          />
        </div>
      </div>
    </ConfirmDialog>
  )
}

const dayMs = 24 * 60 * 60_000
const ever = ''
const times = [
  { value: ever, label: 'no time' },
  { value: '0.125', label: 'in 3 hours' },
  { value: '1', label: 'tomorrow' },
  { value: '7', label: 'in a week' },
  { value: '30', label: 'in 30 days' },
]
