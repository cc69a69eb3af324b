// Cleaning up: a policy, its live preview, the move to the trash or the archive, the way back, and the policy that is kept.
import { createStore, type StoreApi } from 'zustand/vanilla'
import { toAppError, type AppError } from '../../shared/errors.ts'
import type { OutcomeRow } from '../../shared/contract/call.ts'
import { applyWholeCleanup, readTrash, restoreAll } from '../../shared/contract/cleanUpAll.ts'
import type { CallOutput, Client } from '../../shared/contract/contract.ts'
import type { TrashEntry } from '../../shared/contract/plans.ts'
import { applyWholePurge, readPurgePlan } from '../../shared/contract/purgeAll.ts'
import type { PurgePlan } from '../../shared/contract/upkeep.ts'
import type { CleanupPlan, CleanupVictim } from '../../shared/core/cleanup/cleanupPlan.ts'
import { RunId } from '../../shared/schema/ids.ts'
import type { CleanupSchedule } from '../../shared/schema/settings.ts'
import {
  draftOf,
  initialDraft,
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
  type Planned,
  type Planning,
} from './planning.ts'

export type Trash =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly error: AppError }
  | {
      readonly kind: 'ready'
      readonly entries: readonly TrashEntry[]
      /** What of it has expired, as it would be deleted for good. */
      readonly purge: Planned<PurgePlan>
    }

export type CleanupSettings = CallOutput<'cleanup.settings.get'>

/** What is kept of the policy in the workspace, and whether that was just done. */
export type Keeping =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly error: AppError }
  | {
      readonly kind: 'ready'
      readonly settings: CleanupSettings
      readonly saving: 'idle' | 'running' | 'saved'
      readonly problem: AppError | null
    }

export type CleanupState = {
  readonly draft: PolicyDraft
  readonly schedule: CleanupSchedule
  readonly trashDays: string
  readonly keeping: Keeping
  readonly planning: Planning<CleanupPlan>
  /** Victims of the plan that is shown, as far as they were asked for. */
  readonly victims: readonly (CleanupVictim | undefined)[]
  /** How far the runs that may be thinned were read; null when none are being read. */
  readonly looked: { readonly done: number; readonly total: number } | null
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
  /** Replaces what is said of the workflow; null takes it away. */
  readonly setOverride: (workflow: string, override: OverrideDraft | null) => void
  readonly setSchedule: (schedule: CleanupSchedule) => void
  readonly setTrashDays: (text: string) => void
  readonly save: () => Promise<void>
  /** Loads victims that are on the screen and not known yet. */
  readonly showVictims: (first: number, last: number) => void
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
    let loading: Promise<void> | null = null
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
      settle({ saving: 'idle' })
      if (readPolicy(draft).policy !== null) planner.soon()
    }
    const settle = (changed: Partial<Extract<Keeping, { kind: 'ready' }>>): void => {
      const { keeping } = get()
      if (keeping.kind === 'ready') set({ keeping: { ...keeping, problem: null, ...changed } })
    }
    const loadSettings = async (takes: 'all' | 'rest'): Promise<void> => {
      try {
        const settings = await client.call('cleanup.settings.get', {})
        const { retention, schedule, trashDays, isSaved } = settings
        const said = { schedule, trashDays: String(trashDays) }
        if (takes === 'all') set(isSaved ? { draft: draftOf(retention), ...said } : said)
        set({ keeping: { kind: 'ready', settings, saving: 'idle', problem: null } })
      } catch (error) {
        set({ keeping: { kind: 'failed', error: toAppError(error) } })
      }
    }
    let looks = 0
    const purgeInput = { recent: true } as const
    return {
      draft: initialDraft,
      schedule: 'off',
      trashDays: '30',
      keeping: { kind: 'loading' },
      planning: { kind: 'loading' },
      victims: [],
      looked: null,
      notice: null,
      work: { kind: 'idle' },
      undo: { kind: 'idle' },
      trash: { kind: 'loading' },
      selected: [],
      restore: { kind: 'idle' },
      purged: { kind: 'idle' },
      trashNotice: null,
      open: () => {
        void loadSettings('all').then(planner.now)
        const stop = client.on('workspace.changed', () => void loadSettings('rest'))
        return () => {
          stop()
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
      setSchedule: (schedule) => {
        set({ schedule })
        settle({ saving: 'idle' })
      },
      setTrashDays: (trashDays) => {
        set({ trashDays })
        settle({ saving: 'idle' })
      },
      save: async () => {
        const { keeping, draft, schedule, trashDays } = get()
        const { policy: retention } = readPolicy(draft)
        const days = Number(trashDays)
        if (keeping.kind !== 'ready' || retention === null || !isDays(trashDays)) return
        settle({ saving: 'running' })
        const { rev } = keeping.settings
        try {
          const said = { retention, schedule, trashDays: days, rev }
          const { observed } = await client.call('cleanup.settings.set', said)
          await loadSettings('rest')
          settle({ saving: observed ? 'saved' : 'idle' })
        } catch (error) {
          const problem = toAppError(error)
          if (problem.code === 'stale') await loadSettings('rest')
          settle({ saving: 'idle', problem })
        }
      },
      showVictims: (first, last) => {
        loading ??= loadVictims(first, last).finally(() => {
          loading = null
        })
      },
      apply: async () => {
        const planned = approved(get().planning)
        const { policy } = readPolicy(get().draft)
        if (planned === null || policy === null) return
        set({ notice: null, undo: { kind: 'idle' } })
        const { total } = planned.plan
        await batch.run({
          call: (work) => {
            const onProgress: typeof work.onProgress = (value) =>
              work.onProgress({ ...value, total })
            const input = { policy, ...approval(planned) }
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
          call: (work) => takeBack(client, done, work),
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
            readTrash(client),
            readPurgePlan(client, purgeInput),
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
        await batch.run({
          call: (work) => restoreAll(client, selected, work),
          show: (restore) => set({ restore }),
          onStale: (trashNotice) => set({ trashNotice }),
        })
        await get().loadTrash()
      },
      purgeExpired: async (shown) => {
        set({ trashNotice: null, restore: { kind: 'idle' } })
        await batch.run({
          call: (callOptions) =>
            applyWholePurge(client, { ...purgeInput, ...approval(shown) }, callOptions),
          show: (purged) => set({ purged }),
          onStale: (trashNotice) => set({ trashNotice }),
        })
        await get().loadTrash()
      },
      cancel: batch.cancel,
    }
  })
}

export function isDays(text: string): boolean {
  return text.trim() !== '' && Number(text) >= 0
}

/** True where the form says something else than what is kept. */
export function isUnsaved({ keeping, draft, schedule, trashDays }: CleanupState): boolean {
  if (keeping.kind !== 'ready') return false
  const { settings } = keeping
  const { policy } = readPolicy(draft)
  return (
    !settings.isSaved ||
    settings.schedule !== schedule ||
    String(settings.trashDays) !== trashDays.trim() ||
    JSON.stringify(policy) !== JSON.stringify(readPolicy(draftOf(settings.retention)).policy)
  )
}

/** How many rows of a finished batch were done. */
export function doneRows(work: BatchWork): readonly OutcomeRow[] {
  return work.kind === 'finished' ? work.rows.filter(({ outcome }) => outcome === 'done') : []
}

type Work = Parameters<typeof restoreAll>[2]

/** What lies in the trash is restored; what was archived is brought back. */
async function takeBack(
  client: Client,
  rows: readonly OutcomeRow[],
  work: Work,
): Promise<{ readonly rows: readonly OutcomeRow[] }> {
  const entries = rows.flatMap(({ result }) => (result === null || isPath(result) ? [] : [result]))
  const archived = rows.flatMap(({ item, result }) =>
    result !== null && isPath(result) ? [RunId.parse(item)] : [],
  )
  const restored = entries.length === 0 ? [] : (await restoreAll(client, entries, work)).rows
  const back: OutcomeRow[] = []
  for (let from = 0; from < archived.length; from += partSize) {
    if (work.signal?.aborted === true) break
    const runs = archived.slice(from, from + partSize)
    const { rows: part } = await client.call('run.unarchive', { runs }, { ...work })
    back.push(...part)
  }
  return { rows: [...restored, ...back] }
}

const partSize = 1_000

function isPath(result: string): boolean {
  return result.includes('/')
}
