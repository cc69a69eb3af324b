import { useState, type SyntheticEvent } from 'react'
import { useStore } from 'zustand'
import type { RunStore } from '../../state/runStore.ts'
import { Button } from '../../ui/Button.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { TextField } from '../../ui/TextField.tsx'

export type SealedRunProps = { readonly document: string; readonly store: RunStore }

/** A run in the archive of which only the row can be read: its passphrase brings it back. */
export function SealedRun({ document, store }: SealedRunProps) {
  const { work, bringBack } = useStore(store)
  const [passphrase, setPassphrase] = useState('')
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (passphrase !== '') void bringBack(passphrase)
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
      <form onSubmit={submit}>
        <p>It is in the archive, encrypted to a passphrase. Bring it back to read it.</p>
        <TextField
          takesFocus
          type="password"
          label="Passphrase"
          hint="It is kept nowhere."
          error={work.kind === 'refused' ? work.error.message : null}
          value={passphrase}
          onChange={setPassphrase}
        />
        <Button
          variant="primary"
          icon="unlock"
          type="submit"
          busy={work.kind === 'requested'}
          disabled={passphrase === ''}
        >
          Bring back
        </Button>
      </form>
    </>
  )
}
