import { useState } from 'react'
import { useStore } from 'zustand'
import type { Selection } from '../../state/selection.ts'
import { useStores } from '../../state/StoresProvider.tsx'
import { Button } from '../../ui/Button.tsx'

export type BundleSelectedProps = { readonly selection: Selection }

/** Puts what is chosen into one file; files of other engines are left where they are. */
export function BundleSelected({ selection }: BundleSelectedProps) {
  const { selection: store, bundleExport, notices } = useStores()
  const read = useStore(store, (state) => state.read)
  const [busy, setBusy] = useState(false)
  const ask = async () => {
    const { notify } = notices.getState()
    setBusy(true)
    try {
      const runs = (await read(selection)).filter(({ format }) => format === 'unstuck')
      if (runs.length === 0) notify('info', 'Only runs of Unstuck’s own format go into a bundle.')
      else void bundleExport.getState().ask(runs.map(({ document }) => document))
    } catch (error) {
      const cause = error instanceof Error ? error.message : String(error)
      notify('error', `What is selected could not be read: ${cause}`)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Button size="s" icon="external" busy={busy} onClick={() => void ask()}>
      Export as a bundle…
    </Button>
  )
}
