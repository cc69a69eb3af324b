// What may be compared with a run: its own points, the last good run of its workflow, and what is searched for.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Ref } from '../../shared/contract/call.ts'
import type { Client } from '../../shared/contract/contract.ts'
import { toAppError } from '../../shared/errors.ts'
import { createReader } from './createReader.ts'
import type { SideFacts } from './sideChoices.ts'

export type SideChoicesState = SideFacts & {
  readonly text: string
  readonly isSearching: boolean
  /** Why what is offered is not whole; null where nothing went wrong. */
  readonly problem: string | null
  readonly open: () => () => void
  readonly retry: () => void
  readonly type: (text: string) => void
}
export type SideChoicesStore = StoreApi<SideChoicesState>

export function createSideChoicesStore(client: Client, subject: Ref | null): SideChoicesStore {
  return createStore<SideChoicesState>()((set, get) => {
    const attempt = async (read: () => Promise<void>) => {
      try {
        await read()
      } catch (error) {
        set({ problem: toAppError(error).message })
      }
    }
    const search = createReader(async () => {
      const { text } = get()
      set({ isSearching: true })
      await attempt(async () => {
        const { rows } = await client.call('run.list', { text: text.trim(), limit: 100 })
        if (text === get().text) set({ runs: rows })
      })
      set({ isSearching: false })
    })
    const readSubject = async (ref: Ref) => {
      const detail = await client.call('run.get', { ref })
      set({ subject: detail })
      if (detail.run === null) return
      const { name } = detail.run.workflow
      const { rows } = await client.call('run.list', { view: 'completed', text: name, limit: 100 })
      set({ good: rows })
    }
    const readAll = () => {
      set({ problem: null })
      void search()
      if (subject !== null) void attempt(() => readSubject(subject))
    }
    return {
      subject: null,
      good: [],
      runs: [],
      text: '',
      isSearching: false,
      problem: null,
      open: () => {
        readAll()
        return () => undefined
      },
      retry: readAll,
      type: (text) => {
        set({ text })
        void search()
      },
    }
  })
}
