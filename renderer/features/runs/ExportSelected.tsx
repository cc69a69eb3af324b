import { useState } from 'react'
import { useStore } from 'zustand'
import type { Selection } from '../../state/selection.ts'
import { useStores } from '../../state/StoresProvider.tsx'
import { Button } from '../../ui/Button.tsx'
import { countRuns } from './batchText.ts'

export type ExportSelectedProps = {
  readonly selection: Selection
  readonly readOnly: string | null
}

/** Asks as what the selected runs are exported; what would be in it is shown there first. */
export function ExportSelected({ selection, readOnly }: ExportSelectedProps) {
  const { selection: store, exports, notices } = useStores()
  const read = useStore(store, (state) => state.read)
  const [busy, setBusy] = useState(false)
  const begin = async () => {
    const { notify } = notices.getState()
    setBusy(true)
    try {
      const chosen = await read(selection)
      const runs = chosen
        .filter(({ format }) => format === 'unstuck')
        .map(({ document }) => document)
      if (runs.length === 0) notify('warning', 'Only runs of Unstuck’s own format are exported.')
      else if (runs.length > most)
        notify('warning', `${countRuns(runs.length)} are too many at once: choose at most ${most}.`)
      else exports.getState().begin({ runs, checkpoints: [] })
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
      aria-disabled={readOnly !== null}
      title={readOnly ?? 'Export as JSON, JSONL or a trace: shows first what would be in it'}
      onClick={() => {
        if (readOnly === null) void begin()
      }}
    >
      Export…
    </Button>
  )
}

/** One call names them all. */
const most = 10_000
