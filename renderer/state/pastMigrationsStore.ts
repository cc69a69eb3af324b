// Runs that were migrated before, and the way back of one or all of them.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { CallOutput, Client } from '../../shared/contract/contract.ts'
import { createBatch, type BatchWork } from './planning.ts'
import { failed, loading, ready, type Remote } from './remote.ts'

export type PastMigration = CallOutput<'migrate.past'>['rows'][number]

export type PastMigrations = {
  readonly rows: readonly PastMigration[]
  /** While more is being read, `rows` are fewer. */
  readonly total: number
}

export type PastMigrationsState = {
  readonly past: Remote<PastMigrations>
  readonly selected: string | null
  readonly work: BatchWork
  readonly open: () => () => void
  readonly read: () => Promise<void>
  readonly select: (run: string) => void
  readonly rollBack: (runs: readonly string[]) => Promise<void>
  readonly cancel: () => void
}
export type PastMigrationsStore = StoreApi<PastMigrationsState>

export function createPastMigrationsStore(client: Client): PastMigrationsStore {
  return createStore<PastMigrationsState>()((set, get) => {
    let reading = new AbortController()
    const read = async () => {
      reading.abort()
      const mine = new AbortController()
      reading = mine
      const rows: PastMigration[] = []
      try {
        for (;;) {
          const asked = { offset: rows.length }
          const page = await client.call('migrate.past', asked, { signal: mine.signal })
          rows.push(...page.rows)
          set({ past: ready({ rows: [...rows], total: page.total }) })
          if (page.rows.length === 0 || rows.length >= page.total) return
        }
      } catch (error) {
        if (!mine.signal.aborted) set({ past: failed(get().past, error) })
      }
    }
    const batch = createBatch()
    return {
      past: loading,
      selected: null,
      work: { kind: 'idle' },
      open: () => {
        void read()
        return () => reading.abort()
      },
      read,
      select: (selected) => set({ selected }),
      rollBack: async (runs) => {
        if (runs.length === 0) return
        await batch.run({
          call: (options) => client.call('migrate.rollback', { runs: [...runs] }, options),
          show: (work) => set({ work }),
          onStale: () => undefined,
        })
        await read()
      },
      cancel: batch.cancel,
    }
  })
}

/** Those that nothing stands in the way of. */
export function freeToRollBack({ rows }: PastMigrations): readonly string[] {
  return rows.flatMap(({ run, problem }) => (problem === null ? [run] : []))
}
