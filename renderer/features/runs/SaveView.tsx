import { useState } from 'react'
import { useStore } from 'zustand'
import type { Route } from '../../state/route.ts'
import { useStores } from '../../state/StoresProvider.tsx'
import { useWorkspace } from '../../state/useWorkspace.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { readLayout } from '../../ui/tableLayout.ts'
import { TextField } from '../../ui/TextField.tsx'
import { choiceOf } from './columnChoice.ts'
import { columns as table } from './columns.tsx'

export type SaveViewProps = { readonly route: Route & { readonly kind: 'runs' } }

/** Keeps what is asked for, and how it is shown, under a name, for every workspace. */
export function SaveView({ route }: SaveViewProps) {
  const { savedViews, preferences } = useStores()
  const [name, setName] = useState<string | null>(null)
  const views = useStore(savedViews, (state) => state.views)
  const problem = useStore(savedViews, (state) => state.problem)
  const writable = useWorkspace()?.writable ?? false
  const isTaken = views.some((one) => one.name === name?.trim())
  const close = () => setName(null)
  const save = async () => {
    const trimmed = name?.trim() ?? ''
    if (trimmed === '') return
    const { view, text, groupBy = null, sort = null } = route
    const { layouts } = preferences.getState()
    const shown = route.columns ?? choiceOf(readLayout(layouts['runs'] ?? null), table)
    const columns = shown === null ? null : [...shown]
    const kept = { name: trimmed, view, text, sort, groupBy, columns }
    if (await savedViews.getState().save(kept)) close()
  }
  if (!writable) return null
  return (
    <>
      <Button variant="quiet" onClick={() => setName('')}>
        Save view…
      </Button>
      <Dialog
        open={name !== null}
        title="Save view"
        size="s"
        onClose={close}
        footer={
          <>
            <Button variant="quiet" onClick={close}>
              Cancel
            </Button>
            <Button variant="primary" onClick={() => void save()}>
              {isTaken ? 'Replace' : 'Save'}
            </Button>
          </>
        }
      >
        <form
          onSubmit={(event) => {
            event.preventDefault()
            void save()
          }}
        >
          <TextField
            label="Name"
            value={name ?? ''}
            onChange={setName}
            takesFocus
            hint={
              isTaken
                ? 'There is a view of this name: it is replaced.'
                : 'It is kept for you, for every workspace.'
            }
            error={problem?.message ?? null}
          />
        </form>
      </Dialog>
    </>
  )
}
