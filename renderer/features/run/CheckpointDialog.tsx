import { useState, type SyntheticEvent } from 'react'
import { useStore } from 'zustand'
import type { RunStore } from '../../state/runStore.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextField } from '../../ui/TextField.tsx'
import styles from './CancelDialog.module.css'

export type CheckpointDialogProps = {
  readonly store: RunStore
  readonly open: boolean
  readonly onClose: () => void
}

/** Asks for the name of a checkpoint of the run as it is. */
export function CheckpointDialog({ store, open, onClose }: CheckpointDialogProps) {
  const { makeCheckpoint } = useStore(store)
  const [name, setName] = useState('')
  const given = name.trim()
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (given === '' || given.length > longestName) return
    onClose()
    setName('')
    void makeCheckpoint(given)
  }
  return (
    <Dialog open={open} title="Make a checkpoint" onClose={onClose} size="s">
      <form className={styles.text} onSubmit={submit}>
        <p>
          A point of this run, as it is now, that can be opened, compared, forked and resumed from.
          The run goes on meanwhile.
        </p>
        <TextField
          takesFocus
          label="Name"
          value={name}
          onChange={setName}
          placeholder="before the migration"
          error={given.length > longestName ? `At most ${longestName} characters.` : null}
        />
        <div className={styles.actions}>
          <Button variant="quiet" onClick={onClose}>
            Close
          </Button>
          <Button
            variant="primary"
            icon="flag"
            type="submit"
            disabled={given === '' || given.length > longestName}
          >
            Make the checkpoint
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

const longestName = 200
