// Migrating old documents: plan them, apply what was approved, roll back what was done.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Client } from '../../shared/contract/contract.ts'
import { readMigrationPlan } from '../../shared/contract/readMigrationPlan.ts'
import type {
  MigrationPlan,
  MigrationRow,
  MigrationView,
} from '../../shared/core/migrate/migrationPlan.ts'
import { failed, loading, ready, type Remote } from './remote.ts'
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
  /** Before and after of the document that is shown. */
  readonly view: Remote<MigrationView>
  readonly notice: string | null
  readonly work: BatchWork
  readonly rollback: BatchWork
  /** Plans for the first time. Returns the function that ends everything under way. */
  readonly open: () => () => void
  readonly replan: () => Promise<void>
  /** Ends the dry run that is under way. */
  readonly stopPlan: () => void
  readonly select: (document: string) => void
  readonly readView: () => Promise<void>
  readonly apply: () => Promise<void>
  /** Puts the old documents of the last migration back, or that of one of its runs. */
  readonly rollBack: (only?: string) => Promise<void>
  /** Asks the batch under way to stop; what is done stays done, and the rows say so. */
  readonly cancel: () => void
}
export type MigrateStore = StoreApi<MigrateState>

/** `document` null: every old document of the workspace. */
export function createMigrateStore(client: Client, document: string | null): MigrateStore {
  const input = { documents: document === null ? null : [document] }
  const store = createStore<MigrateState>()((set, get) => {
    const planner = createPlanner<MigrationPlan>({
      plan: (signal, onProgress) => readMigrationPlan(client, input, { signal, onProgress }),
      show: (planning) => {
        set({ planning })
        if (planning.kind === 'ready' && !planning.isRefreshing) void readView()
      },
    })
    /** The document that is shown: the chosen one where the plan still has it. */
    const readView = async () => {
      const { planning, selected, view } = get()
      const row = planning.kind === 'ready' ? shownRow(planning.planned.plan, selected) : undefined
      if (row === undefined) return
      const isSame = view.kind === 'ready' && view.value.row.document === row.document
      if (!isSame) set({ view: loading })
      const isStill = () => shownDocument(get()) === row.document
      try {
        const read = await client.call('migrate.show', { document: row.document })
        if (isStill()) set({ view: ready(read) })
      } catch (error) {
        if (isStill()) set({ view: failed(get().view, error) })
      }
    }
    const batch = createBatch()
    return {
      planning: { kind: 'loading' },
      selected: null,
      view: loading,
      notice: null,
      work: { kind: 'idle' },
      rollback: { kind: 'idle' },
      open: () => {
        void planner.now()
        return planner.close
      },
      replan: planner.now,
      stopPlan: planner.stop,
      select: (selected) => {
        set({ selected })
        void readView()
      },
      readView,
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
      rollBack: async (only) => {
        const runs = only === undefined ? doneResults(get().work) : [only]
        if (runs.length === 0) return
        await batch.run({
          call: (options) => client.call('migrate.rollback', { runs: [...runs] }, options),
          show: (rollback) => set({ rollback }),
          onStale: (notice) => set({ notice }),
        })
        set({ work: without(get().work, rolledBack(get().rollback)) })
        await planner.now()
      },
      cancel: batch.cancel,
    }
  })
  return store
}

/** The row whose document is shown: the chosen one, else the first that has a problem, else the first. */
export function shownRow(plan: MigrationPlan, selected: string | null): MigrationRow | undefined {
  return (
    plan.rows.find(({ document }) => document === selected) ??
    plan.rows.find(({ cause }) => cause !== null) ??
    plan.rows[0]
  )
}

function shownDocument({ planning, selected }: MigrateState): string | null {
  if (planning.kind !== 'ready') return null
  return shownRow(planning.planned.plan, selected)?.document ?? null
}

/** What was put back is no longer there to be rolled back. */
function without(work: BatchWork, runs: ReadonlySet<string>): BatchWork {
  if (work.kind !== 'finished') return work
  const rows = work.rows.filter(({ result }) => result === null || !runs.has(result))
  return rows.length === 0 ? { kind: 'idle' } : { ...work, rows }
}

function rolledBack(work: BatchWork): ReadonlySet<string> {
  const rows = work.kind === 'finished' ? work.rows : []
  return new Set(rows.flatMap(({ item, outcome }) => (outcome === 'done' ? [item] : [])))
}
