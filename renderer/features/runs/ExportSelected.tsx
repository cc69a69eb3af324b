import type { Selection } from '../../state/selection.ts'
import { useStores } from '../../state/StoresProvider.tsx'
import { Button } from '../../ui/Button.tsx'
import { useChosenRuns } from './useChosenRuns.ts'

export type ExportSelectedProps = {
  readonly selection: Selection
  readonly readOnly: string | null
}

/** Asks as what the selected runs are exported; what would be in it is shown there first. */
export function ExportSelected({ selection, readOnly }: ExportSelectedProps) {
  const { exports } = useStores()
  const { busy, take } = useChosenRuns({
    done: 'exported',
    most,
    onRuns: (runs) => exports.getState().begin({ runs, checkpoints: [] }),
  })
  return (
    <Button
      size="s"
      icon="external"
      busy={busy}
      aria-disabled={readOnly !== null}
      title={readOnly ?? 'Export as JSON, JSONL or a trace: shows first what would be in it'}
      onClick={() => {
        if (readOnly === null) void take(selection)
      }}
    >
      Export…
    </Button>
  )
}

/** One call names them all. */
const most = 10_000
