// Cleaning up the state of other engines by their own rules: the plan, the move to the trash, and the way back.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { CallInput, Client } from '../../shared/contract/contract.ts'
import type { EngineCleanupPlan } from '../../shared/contract/engineCleanup.ts'
import {
  approval,
  approved,
  createBatch,
  createPlanner,
  doneResults,
  type After,
  type BatchWork,
  type Planning,
} from './planning.ts'

/** Numbers as they are typed; empty: what the engine takes when nothing is said. */
export type EngineLimits = { readonly olderThanDays: string; readonly keepLatest: string }

export type EngineCleanupState = {
  readonly limits: EngineLimits
  readonly planning: Planning<EngineCleanupPlan>
  readonly notice: string | null
  readonly work: BatchWork
  readonly undo: BatchWork
  readonly open: () => () => void
  readonly replan: () => Promise<void>
  readonly setLimits: (limits: EngineLimits) => void
  readonly apply: () => Promise<void>
  readonly undoApply: () => Promise<void>
  readonly cancel: () => void
}
export type EngineCleanupStore = StoreApi<EngineCleanupState>

export function createEngineCleanupStore(
  client: Client,
  options: { readonly after?: After } = {},
): EngineCleanupStore {
  return createStore<EngineCleanupState>()((set, get) => {
    const planner = createPlanner<EngineCleanupPlan>({
      ...options,
      plan: (signal) =>
        client.call('document.cleanup.plan', readLimits(get().limits).input ?? {}, { signal }),
      show: (planning) => set({ planning }),
    })
    const batch = createBatch()
    const onStale = (notice: string) => set({ notice })
    return {
      limits: { olderThanDays: '', keepLatest: '' },
      planning: { kind: 'loading' },
      notice: null,
      work: { kind: 'idle' },
      undo: { kind: 'idle' },
      open: () => {
        void planner.now()
        return planner.close
      },
      replan: planner.now,
      setLimits: (limits) => {
        set({ limits, notice: null })
        if (readLimits(limits).input !== null) planner.soon()
      },
      apply: async () => {
        const planned = approved(get().planning)
        const { input } = readLimits(get().limits)
        if (planned === null || input === null) return
        set({ notice: null, undo: { kind: 'idle' } })
        await batch.run({
          call: (callOptions) =>
            client.call('document.cleanup.apply', { ...input, ...approval(planned) }, callOptions),
          show: (work) => set({ work }),
          onStale,
        })
        await planner.now()
      },
      undoApply: async () => {
        const entries = [...doneResults(get().work)]
        if (entries.length === 0) return
        await batch.run({
          call: (callOptions) => client.call('cleanup.restore', { entries }, callOptions),
          show: (undo) => set({ undo }),
          onStale,
        })
        await planner.now()
      },
      cancel: batch.cancel,
    }
  })
}

type LimitsInput = Pick<CallInput<'document.cleanup.plan'>, 'olderThanDays' | 'keepLatest'>

/** What the fields ask for, or what is wrong with each. */
export function readLimits({ olderThanDays, keepLatest }: EngineLimits): {
  readonly input: LimitsInput | null
  readonly problems: { readonly [F in keyof EngineLimits]?: string }
} {
  const days = numberIn(olderThanDays)
  const latest = numberIn(keepLatest)
  const problems = {
    ...(days !== null && !(days >= 0) ? { olderThanDays: 'Enter a number from 0 up.' } : {}),
    ...(latest !== null && !(Number.isInteger(latest) && latest >= 1)
      ? { keepLatest: 'Enter a whole number from 1 up.' }
      : {}),
  }
  if (Object.keys(problems).length > 0) return { input: null, problems }
  return { input: { olderThanDays: days, keepLatest: latest }, problems }
}

/** Null: nothing was typed. */
function numberIn(text: string): number | null {
  return text.trim() === '' ? null : Number(text)
}
