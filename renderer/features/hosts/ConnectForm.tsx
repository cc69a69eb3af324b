import { useState } from 'react'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { TextField } from '../../ui/TextField.tsx'
import styles from './HostsPage.module.css'

export type ConnectFormProps = {
  /** Why a token cannot be kept safely on this machine; null: it can. */
  readonly whyNotKept: string | null
  readonly isConnecting: boolean
  readonly onConnect: (asked: {
    readonly address: string
    readonly token: string | null
    readonly remember: boolean
  }) => void
}

export function ConnectForm({ whyNotKept, isConnecting, onConnect }: ConnectFormProps) {
  const [address, setAddress] = useState('')
  const [token, setToken] = useState('')
  const [remember, setRemember] = useState(true)
  return (
    <form
      className={styles.form}
      aria-label="Connect to host"
      onSubmit={(event) => {
        event.preventDefault()
        onConnect({ address, token: token.trim() || null, remember })
      }}
    >
      <TextField
        label="Address"
        value={address}
        onChange={setAddress}
        placeholder="http://127.0.0.1:7300/#token=…"
        hint="What “unstuck serve” printed there. Over SSH: ssh -L 7300:127.0.0.1:7300 HOST"
      />
      <TextField
        label="Token"
        type="password"
        value={token}
        onChange={setToken}
        hint="Only where the address has none, as with --token-file."
      />
      <Checkbox label="Remember this host" checked={remember} onChange={setRemember} />
      {whyNotKept !== null && <p className={styles.note}>{whyNotKept}</p>}
      <Button type="submit" variant="primary" disabled={address.trim() === ''} busy={isConnecting}>
        Connect
      </Button>
    </form>
  )
}
