// The trash on the clean-up screen: what lies in it, the way back, and what has expired, for good.
import { readTrash, restoreAll } from '../../shared/contract/cleanUpAll.ts'
import type { Client } from '../../shared/contract/contract.ts'
import type { TrashEntry } from '../../shared/contract/plans.ts'
import { applyWholePurge, readPurgePlan } from '../../shared/contract/purgeAll.ts'
import type { PurgePlan } from '../../shared/contract/upkeep.ts'
import { toAppError, type AppError } from '../../shared/errors.ts'
import { approval, type BatchWork, type createBatch, type Planned } from './planning.ts'

export type Trash =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly error: AppError }
  | {
      readonly kind: 'ready'
      readonly entries: readonly TrashEntry[]
      /** What of it has expired, as it would be deleted for good. */
      readonly purge: Planned<PurgePlan>
    }

export type TrashState = {
  readonly trash: Trash
  readonly selected: readonly string[]
  readonly restore: BatchWork
  /** Of what was deleted for good. */
  readonly purged: BatchWork
  readonly trashNotice: string | null
  readonly loadTrash: () => Promise<void>
  readonly select: (entries: readonly string[]) => void
  readonly restoreSelected: () => Promise<void>
  /** Deletes what the plan that is shown says. */
  readonly purgeExpired: (shown: Planned<PurgePlan>) => Promise<void>
}

type Access = {
  readonly get: () => TrashState
  readonly set: (changed: Partial<TrashState>) => void
  readonly batch: ReturnType<typeof createBatch>
}

const purgeInput = { recent: true } as const

export function createTrash(client: Client, { get, set, batch }: Access): TrashState {
  let looks = 0
  return {
    trash: { kind: 'loading' },
    selected: [],
    restore: { kind: 'idle' },
    purged: { kind: 'idle' },
    trashNotice: null,
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
  }
}
