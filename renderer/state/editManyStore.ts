// One edit in many runs: planned with a row a run, applied row by row.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { CallOptions, Client } from '../../shared/contract/contract.ts'
import type { Edit, MapSteps } from '../../shared/core/edit/edit.ts'
import type { BatchEditPlan, BatchEditRow } from '../../shared/core/edit/editPlan.ts'
import {
  approval,
  approved,
  createBatch,
  createPlanner,
  type BatchWork,
  type Planning,
} from './planning.ts'

export type EditManyState = {
  /** Null: nothing to plan yet. */
  readonly edit: Edit | MapSteps | null
  readonly planning: Planning<BatchEditPlan> | null
  readonly reason: string
  readonly notice: string | null
  readonly work: BatchWork
  readonly open: () => () => void
  /** Plans again after a pause in the typing. */
  readonly setEdit: (edit: Edit | MapSteps | null) => void
  readonly setReason: (reason: string) => void
  readonly replan: () => Promise<void>
  readonly stopPlan: () => void
  readonly apply: () => Promise<void>
  readonly cancel: () => void
}
export type EditManyStore = StoreApi<EditManyState>

export function createEditManyStore(client: Client, runs: readonly string[]): EditManyStore {
  return createStore<EditManyState>()((set, get) => {
    const planner = createPlanner<BatchEditPlan>({
      plan: async (signal, onProgress) => {
        const { edit } = get()
        if (edit === null) throw new RangeError('There is no edit that could be planned.')
        return readPlan(client, { runs: [...runs], edit }, { signal, onProgress })
      },
      show: (planning) => set({ planning }),
    })
    const batch = createBatch()
    return {
      edit: null,
      planning: null,
      reason: '',
      notice: null,
      work: { kind: 'idle' },
      open: () => planner.close,
      setEdit: (edit) => {
        set({ edit, notice: null, work: { kind: 'idle' } })
        if (edit === null) {
          planner.close()
          set({ planning: null })
        } else planner.soon()
      },
      setReason: (reason) => set({ reason }),
      replan: planner.now,
      stopPlan: planner.stop,
      apply: async () => {
        const { edit, planning, reason } = get()
        const planned = planning === null ? null : approved(planning)
        if (edit === null || planned === null) return
        set({ notice: null })
        const input = { runs: [...runs], edit, ...approval(planned), reason }
        await batch.run({
          call: (options) => client.call('edit.batch.apply', input, options),
          show: (work) => set({ work }),
          onStale: (notice) => set({ notice }),
        })
        await planner.now()
      },
      cancel: batch.cancel,
    }
  })
}

/** All rows of a plan, page by page: every run is seen before it is edited. */
async function readPlan(
  client: Client,
  input: { readonly runs: string[]; readonly edit: Edit | MapSteps },
  options: CallOptions<'edit.batch.plan'>,
) {
  const first = await client.call('edit.batch.plan', { ...input, limit }, options)
  const rows: BatchEditRow[] = [...first.plan.rows]
  while (rows.length < first.plan.total) {
    const { asOf, digest } = first
    const more = { ...input, asOf, digest, offset: rows.length, limit }
    const { plan } = await client.call('edit.batch.plan', more, options)
    if (plan.rows.length === 0) break
    rows.push(...plan.rows)
  }
  return { ...first, plan: { ...first.plan, rows } }
}

const limit = 200
