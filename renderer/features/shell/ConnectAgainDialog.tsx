import { useState } from 'react'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextField } from '../../ui/TextField.tsx'

export type ConnectAgainDialogProps = {
  readonly open: boolean
  /** The application keeps one: the field may stay empty. */
  readonly hasToken: boolean
  readonly onConnect: (token: string) => void
  readonly onClose: () => void
}

/** Asks for the token of a host that knows this page no more. What is shown stays. */
export function ConnectAgainDialog({
  open,
  hasToken,
  onConnect,
  onClose,
}: ConnectAgainDialogProps) {
  const [text, setText] = useState('')
  const connect = () => {
    onConnect(text)
    setText('')
    onClose()
  }
  return (
    <Dialog
      open={open}
      title="Connect again"
      size="s"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" disabled={!hasToken && text.trim() === ''} onClick={connect}>
            Connect
          </Button>
        </>
      }
    >
      <TextField
        label="Address or token"
        type="password"
        value={text}
        onChange={setText}
        hint={`The whole address that the host printed, or the token alone.${hasToken ? ' Empty: the one that was used before.' : ' It is not kept.'}`}
        takesFocus
      />
    </Dialog>
  )
}
