import type { Selection } from '../../state/selection.ts'
import { useStores } from '../../state/StoresProvider.tsx'
import { Button } from '../../ui/Button.tsx'
import { useChosenRuns } from './useChosenRuns.ts'

export type BundleSelectedProps = { readonly selection: Selection }

/** Puts what is chosen into one file; files of other engines are left where they are. */
export function BundleSelected({ selection }: BundleSelectedProps) {
  const { bundleExport } = useStores()
  const { busy, take } = useChosenRuns({
    done: 'put into a bundle',
    onRuns: (runs) => void bundleExport.getState().ask(runs),
  })
  return (
    <Button size="s" icon="external" busy={busy} onClick={() => void take(selection)}>
      Export as a bundle…
    </Button>
  )
}
