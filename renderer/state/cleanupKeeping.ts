// The policy of the clean-up screen as the workspace keeps it: what is on the form, what is kept, and the way from one to the other.
import type { CallOutput, Client } from '../../shared/contract/contract.ts'
import { toAppError, type AppError } from '../../shared/errors.ts'
import type { CleanupSchedule } from '../../shared/schema/settings.ts'
import { draftOf, initialDraft, readPolicy, type PolicyDraft } from './policyDraft.ts'

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

export type KeepingState = {
  readonly draft: PolicyDraft
  readonly schedule: CleanupSchedule
  readonly trashDays: string
  readonly keeping: Keeping
  readonly setSchedule: (schedule: CleanupSchedule) => void
  readonly setTrashDays: (text: string) => void
  readonly save: () => Promise<void>
}

type Access = {
  readonly get: () => KeepingState
  readonly set: (changed: Partial<KeepingState>) => void
}

type KeepingPart = {
  readonly state: KeepingState
  /** `all`: what is kept replaces what the form says. */
  readonly load: (takes: 'all' | 'rest') => Promise<void>
  /** The form was changed: it may say something else than what was just saved. */
  readonly touched: () => void
}

export function createKeeping(client: Client, { get, set }: Access): KeepingPart {
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
  const state: KeepingState = {
    draft: initialDraft,
    schedule: 'off',
    trashDays: '30',
    keeping: { kind: 'loading' },
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
  }
  return { state, load: loadSettings, touched: () => settle({ saving: 'idle' }) }
}

export function isDays(text: string): boolean {
  return text.trim() !== '' && Number(text) >= 0
}

/** True where the form says something else than what is kept. */
export function isUnsaved({ keeping, draft, schedule, trashDays }: KeepingState): boolean {
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
