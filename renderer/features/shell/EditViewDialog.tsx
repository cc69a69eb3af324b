import { useState } from 'react'
import { useStore } from 'zustand'
import { useStores } from '../../state/StoresProvider.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextField } from '../../ui/TextField.tsx'

export type EditViewDialogProps = { readonly name: string; readonly onClose: () => void }

export function EditViewDialog({ name, onClose }: EditViewDialogProps) {
  const { savedViews } = useStores()
  const problem = useStore(savedViews, (state) => state.problem)
  const [to, setTo] = useState(name)
  const rename = async () => {
    if (to.trim() === '') return
    if (await savedViews.getState().rename(name, to.trim())) onClose()
  }
  const remove = async () => {
    if (await savedViews.getState().remove(name)) onClose()
  }
  return (
    <Dialog
      open
      title="Saved view"
      size="s"
      onClose={onClose}
      footer={
        <>
          <Button variant="danger" icon="trash" onClick={() => void remove()}>
            Delete
          </Button>
          <Button variant="primary" onClick={() => void rename()}>
            Rename
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void rename()
        }}
      >
        <TextField
          label="Name"
          value={to}
          onChange={setTo}
          takesFocus
          hint="Its runs are not touched."
          error={problem?.message ?? null}
        />
      </form>
    </Dialog>
  )
}
