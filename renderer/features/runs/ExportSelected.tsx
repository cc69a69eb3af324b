import { useState } from 'react'
import { useStore } from 'zustand'
import type { Selection } from '../../state/selection.ts'
import { exportActions } from '../../state/exportActions.ts'
import { useStores } from '../../state/StoresProvider.tsx'
import { Button } from '../../ui/Button.tsx'
import { countRuns } from './batchText.ts'

export type ExportSelectedProps = { readonly selection: Selection }

/** Asks as what the selected runs are exported; what would be in it is shown there first. */
export function ExportSelected({ selection }: ExportSelectedProps) {
  const stores = useStores()
  const read = useStore(stores.selection, (state) => state.read)
  const [busy, setBusy] = useState(false)
  const begin = async () => {
    const { notify } = stores.notices.getState()
    setBusy(true)
    try {
      const chosen = await read(selection)
      const runs = chosen
        .filter(({ format }) => format === 'unstuck')
        .map(({ document }) => document)
      const left = chosen.length - runs.length
      if (runs.length === 0) notify('warning', `Nothing is exported. ${otherEngines}`)
      else if (runs.length > most)
        notify('warning', `${countRuns(runs.length)} are too many at once: choose at most ${most}.`)
      else {
        if (left > 0)
          notify('info', `${countRuns(left)} of other engines are left out. ${otherEngines}`)
        exportActions(stores).begin({ runs, checkpoints: [] })
      }
    } catch (error) {
      const cause = error instanceof Error ? error.message : 'the host did not say which they are'
      notify('error', `The runs were not exported: ${cause}`)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Button
      size="s"
      icon="external"
      busy={busy}
      title="Export as a bundle, JSON, JSONL or a trace: shows first what would be in it"
      onClick={() => void begin()}
    >
      Export…
    </Button>
  )
}

const otherEngines =
  'State of another engine is a file of its own: pass that on, or import it as a run first.'

/** One call names them all. */
const most = 10_000
