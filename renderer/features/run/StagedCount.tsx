import { useStore } from 'zustand'
import { useStores } from '../../state/StoresProvider.tsx'
import { Badge } from '../../ui/Badge.tsx'

export type StagedCountProps = { readonly document: string }

/** How many edits wait; where there are none, how one is made. */
export function StagedCount({ document }: StagedCountProps) {
  const { edits } = useStores()
  const count = useStore(edits, ({ runs }) => runs[document]?.edits.length ?? 0)
  if (count === 0) return <span>F2 edits the chosen value</span>
  return <Badge tone="busy">{count} staged</Badge>
}
