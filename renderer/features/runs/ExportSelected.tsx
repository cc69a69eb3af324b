import type { Selection } from '../../state/selection.ts'
import { exportActions } from '../../state/exportActions.ts'
import { useStores } from '../../state/StoresProvider.tsx'
import { Button } from '../../ui/Button.tsx'
import { useChosenRuns } from './useChosenRuns.ts'

export type ExportSelectedProps = { readonly selection: Selection }

/** Asks as what the selected runs are exported; what would be in it is shown there first. */
export function ExportSelected({ selection }: ExportSelectedProps) {
  const stores = useStores()
  const { busy, take } = useChosenRuns({
    done: 'exported',
    most,
    mostOthers,
    onRuns: (runs, documents) => exportActions(stores).begin({ runs, documents, checkpoints: [] }),
  })
  return (
    <Button
      size="s"
      icon="external"
      busy={busy}
      title="Export as a bundle, JSON, JSONL or a trace: shows first what would be in it"
      onClick={() => void take(selection)}
    >
      Export…
    </Button>
  )
}

/** One call names them all. */
const most = 10_000
const mostOthers = 1_000
