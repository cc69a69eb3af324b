import { useState } from 'react'
import { useStore } from 'zustand'
import type { Selection } from '../../state/selection.ts'
import { useStores } from '../../state/StoresProvider.tsx'
import { Button } from '../../ui/Button.tsx'
import { countRuns } from './batchText.ts'

export type CopyListProps = { readonly selection: Selection }

/** Puts what is chosen on the clipboard, a line each: ids, or paths of files. */
export function CopyList({ selection }: CopyListProps) {
  const { selection: store, notices } = useStores()
  const read = useStore(store, (state) => state.read)
  const [busy, setBusy] = useState<'ids' | 'paths' | null>(null)
  const copy = async (what: 'ids' | 'paths') => {
    const { notify } = notices.getState()
    setBusy(what)
    try {
      const runs = await read(selection)
      const lines = runs.map(({ id, path }) => (what === 'ids' ? id : path))
      await navigator.clipboard.writeText(`${lines.join('\n')}\n`)
      notify('done', `The ${what} of ${countRuns(runs.length)} are on the clipboard.`)
    } catch (error) {
      const cause = error instanceof Error ? error.message : 'the clipboard refused them'
      notify('error', `The ${what} were not copied: ${cause}`)
    } finally {
      setBusy(null)
    }
  }
  return (
    <>
      <Button size="s" icon="copy" busy={busy === 'ids'} onClick={() => void copy('ids')}>
        Copy ids
      </Button>
      <Button size="s" icon="copy" busy={busy === 'paths'} onClick={() => void copy('paths')}>
        Copy paths
      </Button>
    </>
  )
}
