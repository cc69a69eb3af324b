import { useState, type SyntheticEvent } from 'react'
import { Button } from '../../ui/Button.tsx'
import { TextField } from '../../ui/TextField.tsx'
import styles from './Bundle.module.css'

export type UnlockProps = {
  readonly wrong: boolean
  /** A passphrase is being tried. */
  readonly busy?: boolean
  readonly onUnlock: (passphrase: string) => void
}

export function Unlock({ wrong, busy = false, onUnlock }: UnlockProps) {
  const [passphrase, setPassphrase] = useState('')
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (passphrase !== '' && !busy) onUnlock(passphrase)
  }
  return (
    <form className={styles.unlock} onSubmit={submit}>
      <p>The bundle is encrypted.</p>
      <TextField
        takesFocus
        type="password"
        label="Passphrase"
        hint="It is kept nowhere."
        error={wrong ? 'The bundle does not open with this passphrase.' : null}
        value={passphrase}
        onChange={setPassphrase}
      />
      <Button
        variant="primary"
        icon="unlock"
        type="submit"
        busy={busy}
        disabled={passphrase === ''}
      >
        Open
      </Button>
    </form>
  )
}
