// Cleaning up: a policy, its live preview, the move to the trash, and the way back.
import { createStore, type StoreApi } from 'zustand/vanilla'
import { toAppError, type AppError } from '../../shared/errors.ts'
import type { Client } from '../../shared/contract/contract.ts'
import type { TrashEntry } from '../../shared/contract/plans.ts'
import type { PurgePlan } from '../../shared/contract/upkeep.ts'
import type { CleanupPlan, CleanupPolicy } from '../../shared/core/cleanup/cleanupPlan.ts'
import {
  approval,
  approved,
  createBatch,
  createPlanner,
  doneResults,
  type After,
  type BatchWork,
  type Planned,
  type Planning,
} from './planning.ts'

export const policyFields = [
  'completed',
  'failed',
  'cancelled',
  'maxRunsPerWorkflow',
  'maxMegabytes',
] as const
export type PolicyField = (typeof policyFields)[number]

/** A rule as it stands in the form: what is typed is kept while the rule is off. */
export type PolicyRule = { readonly isOn: boolean; readonly text: string }
export type PolicyDraft = { readonly [F in PolicyField]: PolicyRule }

export type Trash =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly error: AppError }
  | {
      readonly kind: 'ready'
      readonly entries: readonly TrashEntry[]
      /** What of it has expired, as it would be deleted for good. */
      readonly purge: Planned<PurgePlan>
    }

export type CleanupState = {
  readonly draft: PolicyDraft
  readonly planning: Planning<CleanupPlan>
  readonly notice: string | null
  readonly work: BatchWork
  /** Of the runs that the last clean-up moved. */
  readonly undo: BatchWork
  readonly trash: Trash
  readonly selected: readonly string[]
  readonly restore: BatchWork
  /** Of what was deleted for good. */
  readonly purged: BatchWork
  readonly trashNotice: string | null
  readonly open: () => () => void
  readonly replan: () => Promise<void>
  readonly setRule: (field: PolicyField, rule: PolicyRule) => void
  readonly apply: () => Promise<void>
  readonly undoApply: () => Promise<void>
  readonly loadTrash: () => Promise<void>
  readonly select: (entries: readonly string[]) => void
  readonly restoreSelected: () => Promise<void>
  /** Deletes what the plan that is shown says. */
  readonly purgeExpired: (shown: Planned<PurgePlan>) => Promise<void>
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
      plan: (signal) => {
        const { policy } = readPolicy(get().draft)
        return client.call('cleanup.plan', { policy: policy ?? noPolicy }, { signal })
      },
      show: (planning) => set({ planning }),
    })
    const batch = createBatch()
    const restoreEntries = (
      entries: readonly string[],
      told: {
        readonly show: (work: BatchWork) => void
        readonly onStale: (sentence: string) => void
      },
    ) =>
      batch.run({
        ...told,
        call: (callOptions) =>
          client.call('cleanup.restore', { entries: [...entries] }, callOptions),
      })
    let looks = 0
    const purgeInput = { recent: true } as const
    return {
      draft: initialDraft,
      planning: { kind: 'loading' },
      notice: null,
      work: { kind: 'idle' },
      undo: { kind: 'idle' },
      trash: { kind: 'loading' },
      selected: [],
      restore: { kind: 'idle' },
      purged: { kind: 'idle' },
      trashNotice: null,
      open: () => {
        void planner.now()
        return planner.close
      },
      replan: planner.now,
      setRule: (field, rule) => {
        const draft = { ...get().draft, [field]: rule }
        set({ draft, notice: null })
        if (readPolicy(draft).policy !== null) planner.soon()
      },
      apply: async () => {
        const planned = approved(get().planning)
        const { policy } = readPolicy(get().draft)
        if (planned === null || policy === null) return
        set({ notice: null, undo: { kind: 'idle' } })
        await batch.run({
          call: (callOptions) =>
            client.call('cleanup.apply', { policy, ...approval(planned) }, callOptions),
          show: (work) => set({ work }),
          onStale: (notice) => set({ notice }),
        })
        await planner.now()
      },
      undoApply: async () => {
        const entries = doneResults(get().work)
        if (entries.length === 0) return
        await restoreEntries(entries, {
          show: (undo) => set({ undo }),
          onStale: (notice) => set({ notice }),
        })
        await planner.now()
      },
      loadTrash: async () => {
        if (get().trash.kind !== 'ready') set({ trash: { kind: 'loading' } })
        looks += 1
        const look = looks
        try {
          const [{ entries }, purge] = await Promise.all([
            client.call('trash.list', {}),
            client.call('purge.plan', purgeInput),
          ])
          // An older look that is answered later shows what is not so any more.
          if (look !== looks) return
          const present = new Set(entries.map((entry) => entry.id))
          set({
            trash: { kind: 'ready', entries, purge },
            selected: get().selected.filter((id) => present.has(id)),
          })
        } catch (error) {
          if (look === looks) set({ trash: { kind: 'failed', error: toAppError(error) } })
        }
      },
      select: (selected) => set({ selected }),
      restoreSelected: async () => {
        const { selected } = get()
        if (selected.length === 0) return
        set({ purged: { kind: 'idle' }, trashNotice: null })
        await restoreEntries(selected, {
          show: (restore) => set({ restore }),
          onStale: (trashNotice) => set({ trashNotice }),
        })
        await get().loadTrash()
      },
      purgeExpired: async (shown) => {
        set({ trashNotice: null, restore: { kind: 'idle' } })
        await batch.run({
          call: (callOptions) =>
            client.call('purge.apply', { ...purgeInput, ...approval(shown) }, callOptions),
          show: (purged) => set({ purged }),
          onStale: (trashNotice) => set({ trashNotice }),
        })
        await get().loadTrash()
      },
      cancel: batch.cancel,
    }
  })
}

/** The policy that a form says, or what is wrong with it, a sentence a field. */
export function readPolicy(draft: PolicyDraft): {
  readonly policy: CleanupPolicy | null
  readonly problems: { readonly [F in PolicyField]?: string }
} {
  const entries = policyFields.map((field) => [field, readRule(field, draft[field])] as const)
  const problems = Object.fromEntries(
    entries.flatMap(([field, read]) => (typeof read === 'string' ? [[field, read]] : [])),
  )
  if (Object.keys(problems).length > 0) return { policy: null, problems }
  const limit = (field: PolicyField) => {
    const read = readRule(field, draft[field])
    return typeof read === 'number' ? read : null
  }
  const megabytes = limit('maxMegabytes')
  const policy = {
    days: {
      completed: limit('completed'),
      failed: limit('failed'),
      cancelled: limit('cancelled'),
    },
    maxRunsPerWorkflow: limit('maxRunsPerWorkflow'),
    maxBytes: megabytes === null ? null : Math.round(megabytes * bytesPerMegabyte),
  }
  return { policy, problems }
}

/** True when a clean-up would choose by at least one rule. */
export function hasRule(draft: PolicyDraft): boolean {
  return policyFields.some((field) => draft[field].isOn)
}

const bytesPerMegabyte = 1_000_000
const noPolicy: CleanupPolicy = {
  days: { completed: null, failed: null, cancelled: null },
  maxRunsPerWorkflow: null,
  maxBytes: null,
}
const initialDraft: PolicyDraft = {
  completed: { isOn: true, text: '30' },
  failed: { isOn: false, text: '90' },
  cancelled: { isOn: false, text: '30' },
  maxRunsPerWorkflow: { isOn: false, text: '50' },
  maxMegabytes: { isOn: false, text: '1000' },
}

/** Null: the rule is off. A text: what is wrong with it. */
function readRule(field: PolicyField, rule: PolicyRule): number | string | null {
  if (!rule.isOn) return null
  const text = rule.text.trim()
  const value = Number(text)
  if (text === '' || !Number.isFinite(value) || value < 0) return 'Enter a number from 0 up.'
  if (field === 'maxRunsPerWorkflow' && !Number.isInteger(value)) return 'Enter a whole number.'
  return value
}
