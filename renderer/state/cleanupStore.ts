// Cleaning up: a policy, its live preview, the move to the trash or the archive, the way back, and the policy that is kept.
import { createStore, type StoreApi } from 'zustand/vanilla'
import { applyWholeCleanup } from '../../shared/contract/cleanUpAll.ts'
import type { Client } from '../../shared/contract/contract.ts'
import type { CleanupPlan, CleanupVictim } from '../../shared/core/cleanup/cleanupPlan.ts'
import { createKeeping, type KeepingState } from './cleanupKeeping.ts'
import { createTrash, type TrashState } from './cleanupTrash.ts'
import {
  noPolicy,
  readPolicy,
  type OverrideDraft,
  type PolicyDraft,
  type PolicyField,
  type PolicyRule,
} from './policyDraft.ts'
import {
  approval,
  approved,
  createBatch,
  createPlanner,
  type After,
  type BatchWork,
  type Planning,
} from './planning.ts'
import { doneRows, takeBack } from './takeBack.ts'

export type CleanupState = KeepingState &
  TrashState & {
    readonly planning: Planning<CleanupPlan>
    /** Victims of the plan that is shown, as far as they were asked for. */
    readonly victims: readonly (CleanupVictim | undefined)[]
    /** How far the runs that may be thinned were read; null when none are being read. */
    readonly looked: { readonly done: number; readonly total: number } | null
    readonly notice: string | null
    readonly work: BatchWork
    /** Of the runs that the last clean-up moved. */
    readonly undo: BatchWork
    readonly open: () => () => void
    readonly replan: () => Promise<void>
    readonly setRule: (field: PolicyField, rule: PolicyRule) => void
    /** Replaces what is said of the workflow; null takes it away. */
    readonly setOverride: (workflow: string, override: OverrideDraft | null) => void
    /** Loads victims that are on the screen and not known yet. */
    readonly showVictims: (first: number, last: number) => void
    /** The passphrase encrypts what goes to the archive; it is forgotten when the page is left. */
    readonly apply: (passphrase?: string | null) => Promise<void>
    readonly undoApply: () => Promise<void>
    readonly cancel: () => void
  }
export type CleanupStore = StoreApi<CleanupState>

export function createCleanupStore(
  client: Client,
  options: { readonly after?: After } = {},
): CleanupStore {
  return createStore<CleanupState>()((set, get) => {
    const planner = createPlanner<CleanupPlan>({
      ...options,
      plan: async (signal) => {
        const { policy } = readPolicy(get().draft)
        const onProgress = (looked: { readonly done: number; readonly total: number }) => {
          if (!signal.aborted) set({ looked })
        }
        const asked = { policy: policy ?? noPolicy }
        return client.call('cleanup.plan', asked, { signal, onProgress })
      },
      show: (planning) => {
        const isNew = planning.kind === 'ready' && !planning.isRefreshing
        set(
          isNew ? { planning, looked: null, victims: planning.planned.plan.victims } : { planning },
        )
      },
    })
    const batch = createBatch()
    const keeping = createKeeping(client, { get, set })
    let loading: Promise<void> | null = null
    let secret: string | null = null
    const loadVictims = async (first: number, last: number): Promise<void> => {
      const planned = approved(get().planning)
      const { policy } = readPolicy(get().draft)
      if (planned === null || policy === null) return
      for (let at = first; at <= Math.min(last, planned.plan.total - 1);) {
        if (get().victims[at] !== undefined) {
          at += 1
          continue
        }
        const { digest } = planned
        const asked = { policy, ...approval(planned), offset: at, limit: 200 }
        const page = (await client.call('cleanup.plan', asked)).plan.victims
        const shown = approved(get().planning)
        if (shown?.digest !== digest || page.length === 0) return
        const victims = [...get().victims]
        for (const [index, victim] of page.entries()) victims[at + index] = victim
        set({ victims })
        at += page.length
      }
    }
    const change = (draft: PolicyDraft): void => {
      set({ draft, notice: null })
      keeping.touched()
      if (readPolicy(draft).policy !== null) planner.soon()
    }
    return {
      ...keeping.state,
      ...createTrash(client, { get, set, batch }),
      planning: { kind: 'loading' },
      victims: [],
      looked: null,
      notice: null,
      work: { kind: 'idle' },
      undo: { kind: 'idle' },
      open: () => {
        void keeping.load('all').then(planner.now)
        const stop = client.on('workspace.changed', () => void keeping.load('rest'))
        return () => {
          stop()
          secret = null
          planner.close()
        }
      },
      replan: planner.now,
      setRule: (field, rule) => change({ ...get().draft, [field]: rule }),
      setOverride: (workflow, override) => {
        const { draft } = get()
        const others = draft.workflows.filter((one) => one.workflow !== workflow)
        const index = draft.workflows.findIndex((one) => one.workflow === workflow)
        const workflows =
          override === null
            ? others
            : others.toSpliced(index === -1 ? others.length : index, 0, override)
        change({ ...draft, workflows })
      },
      showVictims: (first, last) => {
        loading ??= loadVictims(first, last).finally(() => {
          loading = null
        })
      },
      apply: async (passphrase = null) => {
        const planned = approved(get().planning)
        const { policy } = readPolicy(get().draft)
        if (planned === null || policy === null) return
        secret = passphrase
        set({ notice: null, undo: { kind: 'idle' } })
        const { total } = planned.plan
        await batch.run({
          call: (work) => {
            const onProgress: typeof work.onProgress = (value) =>
              work.onProgress({ ...value, total })
            const input = { policy, ...approval(planned), passphrase }
            return applyWholeCleanup(client, input, { ...work, onProgress })
          },
          show: (work) => set({ work }),
          onStale: (notice) => set({ notice }),
        })
        await planner.now()
      },
      undoApply: async () => {
        const done = doneRows(get().work)
        if (done.length === 0) return
        await batch.run({
          call: (work) => takeBack(client, done, { ...work, passphrase: secret }),
          show: (undo) => set({ undo }),
          onStale: (notice) => set({ notice }),
        })
        await planner.now()
      },
      cancel: batch.cancel,
    }
  })
}
