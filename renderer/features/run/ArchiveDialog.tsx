import { useState } from 'react'
import { useStore } from 'zustand'
import type { RunDetail } from '../../../shared/contract/runs.ts'
import type { RunStore } from '../../state/runStore.ts'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { formatBytes } from '../../ui/formatBytes.ts'
import { TextField } from '../../ui/TextField.tsx'
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
  const [choice, setChoice] = useState(plain)
  const { encrypts, passphrase, repeated } = choice
  const set = (change: Partial<typeof plain>) => setChoice({ ...choice, ...change })
  const close = () => {
    setChoice(plain)
    onClose()
  }
  const differs = repeated !== '' && repeated !== passphrase
  return (
    <ConfirmDialog
      open={open}
      title="Archive this run?"
      confirm="Archive the run"
      disabled={encrypts && (passphrase === '' || repeated !== passphrase)}
      onConfirm={() => {
        close()
        void archive(encrypts ? passphrase : null)
      }}
      onClose={close}
    >
      <div className={styles.body}>
        <p>
          Its {detail.files.length} files, {formatBytes(detail.sizeBytes)}, become one compressed
          file. The run stays in the list{encrypts ? '' : ' and can be read as now'}; before it is
          resumed, repaired or deleted it has to be brought back.
        </p>
        <Checkbox
          label="Encrypt with a passphrase"
          checked={encrypts}
          onChange={(on) => set({ encrypts: on })}
        />
        {encrypts && (
          <>
            <p>
              In the clear stay its id, workflow, status, counts and times, for its row in the list.
              All else is read only after it was brought back with the passphrase, which is kept
              nowhere: without it the run is lost.
            </p>
            <TextField
              takesFocus
              type="password"
              label="Passphrase"
              hint="Five or more unrelated words are easy to say and hard to guess."
              value={passphrase}
              onChange={(text) => set({ passphrase: text })}
            />
            <TextField
              type="password"
              label="Once more"
              error={differs ? 'It differs from the one above.' : null}
              value={repeated}
              onChange={(text) => set({ repeated: text })}
            />
          </>
        )}
      </div>
    </ConfirmDialog>
  )
}

const plain = { encrypts: false, passphrase: '', repeated: '' }
