// The settings as they are in force, what is staged for them, its plan, and what came of it.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { CallInput, CallOutput, Client } from '../../shared/contract/contract.ts'
import type { SettingsAction, SettingsPlan } from '../../shared/contract/settings.ts'
import { toAppError, type AppError } from '../../shared/errors.ts'
import { makeRef } from './makeRef.ts'
import { createReader } from './createReader.ts'
import { approval, approved, createPlanner, staleSentence, type Planning } from './planning.ts'
import { failed, loading, ready, type Remote } from './remote.ts'

export type SettingsView = CallOutput<'settings.get'>
/** By key, or by JSON pointer: JSON text, or null for what is taken out. In the order in which it was staged. */
export type StagedSettings = ReadonlyMap<string, string | null>

export type SettingsWork =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running' }
  | { readonly kind: 'failed'; readonly error: AppError }
  /** `backup`: what takes it back; null: it was taken back. */
  | { readonly kind: 'done'; readonly observed: boolean; readonly backup: string | null }

/** A sample that was tried on patterns, and what each of them makes of it. */
export type TriedPatterns = CallInput<'settings.try'> & CallOutput<'settings.try'>

export type SettingsState = {
  readonly view: Remote<SettingsView>
  readonly staged: StagedSettings
  /** What is planned; null: nothing. */
  readonly action: SettingsAction | null
  readonly planning: Planning<SettingsPlan>
  /** The plan stands in place of the settings. */
  readonly isPreview: boolean
  readonly notice: string | null
  readonly work: SettingsWork
  readonly tried: TriedPatterns | null
  readonly open: () => () => void
  readonly refresh: () => Promise<void>
  readonly stage: (key: string, json: string | null) => void
  readonly tryPatterns: (input: CallInput<'settings.try'>) => Promise<void>
  readonly takeBack: (key: string) => void
  readonly discard: () => void
  /** Of what is staged, or of something else. */
  readonly preview: (action?: SettingsAction) => Promise<void>
  readonly closePreview: () => void
  readonly apply: () => Promise<void>
  readonly undo: (workspace: string) => Promise<void>
}
export type SettingsStore = StoreApi<SettingsState>

export function createSettingsStore(client: Client): SettingsStore {
  return createStore<SettingsState>()((set, get) => {
    const planner = createPlanner<SettingsPlan>({
      plan: async (signal) => {
        const { action } = get()
        return client.call('settings.plan', { action: action ?? { kind: 'migrate' } }, { signal })
      },
      show: (planning) => set({ planning }),
    })
    const refresh = createReader(async () => {
      try {
        set({ view: ready(await client.call('settings.get', {})) })
      } catch (error) {
        set({ view: failed(get().view, error) })
      }
    })
    const restage = (staged: StagedSettings) => {
      const changes = [...staged].map(([key, json]) => ({ key, json }))
      const action = changes.length === 0 ? null : ({ kind: 'set', changes } as const)
      set({ staged, action, notice: null, work: { kind: 'idle' } })
      if (action === null) planner.close()
      else planner.soon()
    }
    const carry = async (work: () => Promise<SettingsWork>) => {
      if (get().work.kind === 'running') return
      set({ work: { kind: 'running' }, notice: null })
      try {
        set({ work: await work(), isPreview: false })
      } catch (cause) {
        const error = toAppError(cause)
        const isStale = error.code === 'stale'
        set({ notice: isStale ? staleSentence(error) : null })
        set({ work: isStale ? { kind: 'idle' } : { kind: 'failed', error } })
        if (isStale) await planner.now()
      }
      await refresh()
    }
    let latest: CallInput<'settings.try'> | null = null
    return {
      view: loading,
      staged: new Map(),
      action: null,
      planning: { kind: 'loading' },
      isPreview: false,
      notice: null,
      work: { kind: 'idle' },
      tried: null,
      refresh,
      open: () => {
        const stop = client.on('workspace.changed', () => {
          void refresh()
          // What is staged is planned over the file as it is now.
          if (get().action !== null && get().work.kind !== 'running') planner.soon()
        })
        void refresh()
        if (get().action !== null) planner.soon()
        return () => {
          stop()
          planner.close()
        }
      },
      stage: (key, json) => restage(new Map([...get().staged, [key, json]])),
      tryPatterns: async (input) => {
        latest = input
        try {
          const { ends } = await client.call('settings.try', input)
          if (latest === input) set({ tried: { ...input, ends } })
        } catch (error) {
          set({ work: { kind: 'failed', error: toAppError(error) } })
        }
      },
      takeBack: (key) => restage(new Map([...get().staged].filter(([one]) => one !== key))),
      discard: () => restage(new Map()),
      preview: async (action) => {
        set({ isPreview: true, work: { kind: 'idle' }, notice: null })
        if (action !== undefined) set({ action })
        await planner.now()
      },
      closePreview: () => {
        set({ isPreview: false })
        restage(get().staged)
      },
      apply: () =>
        carry(async () => {
          const { action, planning } = get()
          const planned = approved(planning)
          if (planned === null || action === null) return { kind: 'idle' }
          const input = { action, ...approval(planned) }
          const { observed, backup } = await client.call('settings.apply', input)
          set({ staged: new Map(), action: null })
          return { kind: 'done', observed, backup }
        }),
      undo: (workspace) =>
        carry(async () => {
          const { work } = get()
          const backup = work.kind === 'done' ? work.backup : null
          const ref = makeRef(workspace, 'unstuck.json', 'unknown')
          const { observed } = await client.call('document.undo', { ref, backup })
          return { kind: 'done', observed, backup: null }
        }),
    }
  })
}
