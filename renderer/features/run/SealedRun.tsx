import { useState, type SyntheticEvent } from 'react'
import { useStore } from 'zustand'
import type { RunStore } from '../../state/runStore.ts'
import { useWorkspace } from '../../state/useWorkspace.ts'
import { Button } from '../../ui/Button.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { TextField } from '../../ui/TextField.tsx'
import styles from './SealedRun.module.css'

export type SealedRunProps = { readonly document: string; readonly store: RunStore }

/** A run in the archive of which only the row can be read: its passphrase opens it for now, or brings it back. */
export function SealedRun({ document, store }: SealedRunProps) {
  const { work, unlock, bringBack } = useStore(store)
  const workspace = useWorkspace()
  const [passphrase, setPassphrase] = useState('')
  const isAsked = work.kind === 'requested'
  const why =
    workspace?.writable === false
      ? (workspace.readOnlyReason ?? 'The workspace is read-only.')
      : null
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (passphrase !== '' && !isAsked) void unlock(passphrase)
  }
  return (
    <>
      <PageHeader
        title={
          <>
            Run <code>{document}</code>
          </>
        }
      />
      <form className={styles.form} onSubmit={submit}>
        <p>It is in the archive, encrypted to a passphrase.</p>
        <TextField
          takesFocus
          type="password"
          label="Passphrase"
          hint="It is kept nowhere."
          error={work.kind === 'refused' ? work.error.message : null}
          value={passphrase}
          onChange={setPassphrase}
        />
        <div className={styles.actions}>
          <Button
            variant="primary"
            icon="unlock"
            type="submit"
            busy={isAsked && work.what === 'unlock'}
            disabled={passphrase === '' || isAsked}
          >
            Open to read
          </Button>
          <Button
            icon="archive"
            busy={isAsked && work.what === 'bring back'}
            disabled={passphrase === '' || isAsked || why !== null}
            title={why ?? undefined}
            onClick={() => void bringBack(passphrase)}
          >
            Bring back
          </Button>
        </div>
        <p className={styles.note}>
          Opened, it is in the memory of this host only, for an hour at most, until it is locked
          again or the host ends. Brought back, its files lie plain in the workspace again, and it
          can be changed.
        </p>
      </form>
    </>
  )
}
