// Runs that fit what is typed in the palette: one search at a time, after a pause in the typing.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Client } from '../../../shared/contract/contract.ts'
import type { RunRow } from '../../../shared/contract/runs.ts'
import { failed, loading, ready, type Remote } from '../../state/remote.ts'

export type PaletteState = {
  readonly text: string
  readonly runs: Remote<readonly RunRow[]>
  /** Whether `runs` are the answer to what is typed, and not what is left of an earlier one. */
  readonly isAnswered: boolean
  readonly retry: () => void
  readonly type: (text: string) => void
  /** Takes the answer to what is typed, once it is there; not any more once something else is typed. */
  readonly whenFound: (take: (rows: readonly RunRow[]) => void) => void
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
    let taking: ((rows: readonly RunRow[]) => void) | null = null
    const stop = () => {
      taking = null
      takeBack?.()
      running.abort()
    }
    const search = async () => {
      const { signal } = running
      const runs = await findRuns(signal)
      if (signal.aborted) return
      set({ runs, isAnswered: true })
      if (runs.kind === 'ready') taking?.(runs.value)
      taking = null
    }
    const findRuns = async (signal: AbortSignal): Promise<PaletteState['runs']> => {
      try {
        const input = { text: get().text.trim(), limit: shownRuns }
        const { rows } = await client.call('run.list', input, { signal })
        return ready(rows)
      } catch (error) {
        return failed(get().runs, error)
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
      isAnswered: false,
      type: (text) => {
        const { runs } = get()
        // Until the new answer is there: Enter must not open a run that only fitted what was typed before.
        const rows = runs.kind === 'ready' ? runs.value.filter((row) => fits(row, text)) : []
        set({ text, isAnswered: false, ...(runs.kind === 'ready' ? { runs: ready(rows) } : {}) })
        searchAfter(150)
      },
      retry: () => {
        set({ runs: loading, isAnswered: false })
        searchAfter(0)
      },
      whenFound: (take) => {
        taking = take
      },
      open: () => {
        set({ text: '', runs: loading, isAnswered: false })
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
