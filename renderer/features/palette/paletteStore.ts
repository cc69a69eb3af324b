// Runs that fit what is typed in the palette: one search at a time, after a pause in the typing.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Client } from '../../../shared/contract/contract.ts'
import type { RunRow } from '../../../shared/contract/runs.ts'
import { failed, loading, ready, type Remote } from '../../state/remote.ts'

export type PaletteState = {
  readonly text: string
  readonly runs: Remote<readonly RunRow[]>
  readonly type: (text: string) => void
  /** Begins anew; returns what ends the search under way. */
  readonly open: () => () => void
}
export type PaletteStore = StoreApi<PaletteState>

export function createPaletteStore(
  client: Client,
  after: (work: () => void, delayMs: number) => () => void,
): PaletteStore {
  return createStore<PaletteState>()((set, get) => {
    let running = new AbortController()
    let takeBack: (() => void) | null = null
    const stop = () => {
      takeBack?.()
      running.abort()
    }
    const search = async () => {
      const { signal } = running
      try {
        const input = { text: get().text.trim(), limit: shownRuns }
        const { rows } = await client.call('run.list', input, { signal })
        if (!signal.aborted) set({ runs: ready(rows) })
      } catch (error) {
        if (!signal.aborted) set({ runs: failed(get().runs, error) })
      }
    }
    const searchAfter = (delayMs: number) => {
      stop()
      running = new AbortController()
      takeBack = after(() => void search(), delayMs)
    }
    return {
      text: '',
      runs: loading,
      type: (text) => {
        const { runs } = get()
        // Until the new answer is there: Enter must not open a run that only fitted what was typed before.
        const rows = runs.kind === 'ready' ? runs.value.filter((row) => fits(row, text)) : []
        set({ text, ...(runs.kind === 'ready' ? { runs: ready(rows) } : {}) })
        searchAfter(150)
      },
      open: () => {
        set({ text: '', runs: loading })
        searchAfter(0)
        return stop
      },
    }
  })
}

const shownRuns = 12

function fits({ id, workflow, status, step, reason }: RunRow, text: string): boolean {
  const told = [id, workflow, status, step, reason.sentence].join(' ').toLowerCase()
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => told.includes(word))
}
