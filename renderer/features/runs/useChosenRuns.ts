import { useState } from 'react'
import { useStore } from 'zustand'
import type { ExportDocument } from '../../../shared/contract/exports.ts'
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
  /** How many documents of other engines go along, given behind the runs; left out: none. */
  readonly mostOthers?: number
  readonly onRuns: (documents: readonly string[], others: readonly ExportDocument[]) => void
}

/** Asks the host which runs are chosen; those that cannot be taken along, and too many of them, are told instead. */
export function useChosenRuns(options: ChosenRunsOptions): {
  readonly busy: boolean
  readonly take: (selection: Selection) => Promise<void>
} {
  const { done, others: help, most = Infinity, mostOthers = 0, onRuns } = options
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
      const others =
        mostOthers === 0
          ? []
          : chosen
              .filter(({ format }) => format !== 'unstuck')
              .map(({ format, document }) => ({ format, document, item: null }))
      const left = chosen.length - runs.length - others.length
      if (runs.length + others.length === 0)
        notify('warning', `Only runs of Unstuck’s own format are ${done}. ${help ?? ''}`.trim())
      else if (runs.length > most)
        notify('warning', `${countRuns(runs.length)} are too many at once: choose at most ${most}.`)
      else if (others.length > mostOthers)
        notify(
          'warning',
          `${countRuns(others.length)} of other engines are too many at once: choose at most ${mostOthers}.`,
        )
      else {
        if (left > 0 && help !== undefined)
          notify('info', `${countRuns(left)} of other engines are left out. ${help}`)
        onRuns(runs, others)
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
