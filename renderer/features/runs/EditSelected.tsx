import { useState } from 'react'
import { useStore } from 'zustand'
import { isEmpty, type Selection } from '../../state/selection.ts'
import { useStores } from '../../state/StoresProvider.tsx'
import { useNavigation } from '../../state/useNavigation.ts'
import { Button } from '../../ui/Button.tsx'
import { countRuns } from './batchText.ts'

export type EditSelectedProps = {
  readonly selection: Selection
  readonly readOnly: string | null
}

/** Goes to where one value, or one step, is edited in all of them; what would become of each is shown there first. */
export function EditSelected({ selection, readOnly }: EditSelectedProps) {
  const { selection: store, notices } = useStores()
  const read = useStore(store, (state) => state.read)
  const { go } = useNavigation()
  const [busy, setBusy] = useState(false)
  const edit = async () => {
    const { notify } = notices.getState()
    setBusy(true)
    try {
      const chosen = await read(selection)
      const runs = chosen
        .filter(({ format }) => format === 'unstuck')
        .map(({ document }) => document)
      if (runs.length === 0) notify('warning', 'Only runs of Unstuck’s own format are edited.')
      else if (runs.length > most)
        notify('warning', `${countRuns(runs.length)} are too many at once: choose at most ${most}.`)
      else go({ kind: 'editMany', runs })
    } catch (error) {
      const cause = error instanceof Error ? error.message : 'the host did not say which they are'
      notify('error', `The runs were not opened for an edit: ${cause}`)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Button
      size="s"
      icon="wrench"
      busy={busy}
      aria-disabled={readOnly !== null || isEmpty(selection)}
      title={readOnly ?? 'Edit one value or step in all of them: shows first what would be done'}
      onClick={() => {
        if (readOnly === null) void edit()
      }}
    >
      Edit…
    </Button>
  )
}

/** The address of the page names them all. */
const most = 2_000
