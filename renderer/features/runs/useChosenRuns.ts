import { useState } from 'react'
import { useStore } from 'zustand'
import type { Selection } from '../../state/selection.ts'
import { useStores } from '../../state/StoresProvider.tsx'
import { countRuns } from './batchText.ts'

export type ChosenRunsOptions = {
  /** `exported`, as in: only runs of Unstuck's own format are exported. */
  readonly done: string
  /** What helps with those of other engines, which are left out. */
  readonly others?: string
  /** How many can be named at once; left out: any number. */
  readonly most?: number
  readonly onRuns: (documents: readonly string[]) => void
}

/** Asks the host which runs are chosen; those that cannot be taken along, and too many of them, are told instead. */
export function useChosenRuns(options: ChosenRunsOptions): {
  readonly busy: boolean
  readonly take: (selection: Selection) => Promise<void>
} {
  const { done, others, most = Infinity, onRuns } = options
  const { selection: store, notices } = useStores()
  const read = useStore(store, (state) => state.read)
  const [busy, setBusy] = useState(false)
  const take = async (selection: Selection) => {
    const { notify } = notices.getState()
    setBusy(true)
    try {
      const chosen = await read(selection)
      const runs = chosen
        .filter(({ format }) => format === 'unstuck')
        .map(({ document }) => document)
      const left = chosen.length - runs.length
      if (runs.length === 0)
        notify('warning', `Only runs of Unstuck’s own format are ${done}. ${others ?? ''}`.trim())
      else if (runs.length > most)
        notify('warning', `${countRuns(runs.length)} are too many at once: choose at most ${most}.`)
      else {
        if (left > 0 && others !== undefined)
          notify('info', `${countRuns(left)} of other engines are left out. ${others}`)
        onRuns(runs)
      }
    } catch (error) {
      const cause = error instanceof Error ? error.message : 'the host did not say which they are'
      notify('error', `The runs were not ${done}: ${cause}`)
    } finally {
      setBusy(false)
    }
  }
  return { busy, take }
}
