// Migrating old documents: plan them, apply what was approved, roll back what was done.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Client } from '../../shared/contract/contract.ts'
import type { MigrationPlan, MigrationRow } from '../../shared/core/migrate/migrationPlan.ts'
import {
  approval,
  approved,
  createBatch,
  createPlanner,
  doneResults,
  type BatchWork,
  type Planning,
} from './planning.ts'

export type MigrateState = {
  readonly planning: Planning<MigrationPlan>
  /** Document whose texts are shown; null: the first one. */
  readonly selected: string | null
  readonly notice: string | null
  readonly work: BatchWork
  readonly rollback: BatchWork
  /** Plans for the first time. Returns the function that ends everything under way. */
  readonly open: () => () => void
  readonly replan: () => Promise<void>
  readonly select: (document: string) => void
  readonly apply: () => Promise<void>
  readonly rollBack: () => Promise<void>
  /** Asks the batch under way to stop; what is done stays done, and the rows say so. */
  readonly cancel: () => void
}
export type MigrateStore = StoreApi<MigrateState>

/** `document` null: every old document of the workspace. */
export function createMigrateStore(client: Client, document: string | null): MigrateStore {
  const input = { documents: document === null ? null : [document] }
  const store = createStore<MigrateState>()((set, get) => {
    const planner = createPlanner<MigrationPlan>({
      plan: (signal) => client.call('migrate.plan', input, { signal }),
      show: (planning) => set({ planning }),
    })
    const batch = createBatch()
    return {
      planning: { kind: 'loading' },
      selected: null,
      notice: null,
      work: { kind: 'idle' },
      rollback: { kind: 'idle' },
      open: () => {
        void planner.now()
        return planner.close
      },
      replan: planner.now,
      select: (selected) => set({ selected }),
      apply: async () => {
        const planned = approved(get().planning)
        if (planned === null) return
        set({ notice: null, rollback: { kind: 'idle' } })
        await batch.run({
          call: (options) =>
            client.call('migrate.apply', { ...input, ...approval(planned) }, options),
          show: (work) => set({ work }),
          onStale: (notice) => set({ notice }),
        })
        await planner.now()
      },
      rollBack: async () => {
        const runs = doneResults(get().work)
        if (runs.length === 0) return
        await batch.run({
          call: (options) => client.call('migrate.rollback', { runs: [...runs] }, options),
          show: (rollback) => set({ rollback }),
          onStale: (notice) => set({ notice }),
        })
        await planner.now()
      },
      cancel: batch.cancel,
    }
  })
  return store
}

/** Rows that would be migrated: those without a problem. */
export function migratable(plan: MigrationPlan): readonly MigrationRow[] {
  return plan.rows.filter((row) => row.run !== null && row.problem === null)
}
