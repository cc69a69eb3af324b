// One step tried alone: asked for, under way, and what came of it. Nothing of it is recorded in the run.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Ref } from '../../shared/contract/call.ts'
import type { CallOutput, Client } from '../../shared/contract/contract.ts'
import { toAppError, type AppError } from '../../shared/errors.ts'
import { StepId } from '../../shared/schema/ids.ts'

export type TryWork =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly since: string; readonly isStopping: boolean }
  | { readonly kind: 'failed'; readonly error: AppError }
  | { readonly kind: 'ended'; readonly result: CallOutput<'step.try'>; readonly tookMs: number }

export type TryStepState = {
  /** Null: the state as it is now. */
  readonly checkpoint: string | null
  readonly work: TryWork
  readonly choose: (checkpoint: string | null) => void
  readonly run: () => Promise<void>
  readonly stop: () => void
  /** Returns what ends it: who looks away does not leave a step running. */
  readonly open: () => () => void
}
export type TryStepStore = StoreApi<TryStepState>

export type TryStepOptions = {
  readonly ref: Ref
  readonly step: string
  readonly nowMs: () => number
}

export function createTryStepStore(client: Client, options: TryStepOptions): TryStepStore {
  const { ref, nowMs } = options
  let running = new AbortController()
  return createStore<TryStepState>()((set, get) => ({
    checkpoint: null,
    work: { kind: 'idle' },
    choose: (checkpoint) => set({ checkpoint }),
    run: async () => {
      if (get().work.kind === 'running') return
      running = new AbortController()
      const { signal } = running
      const beganMs = nowMs()
      const since = new Date(beganMs).toISOString()
      set({ work: { kind: 'running', since, isStopping: false } })
      try {
        const input = { ref, step: StepId.parse(options.step), checkpoint: get().checkpoint }
        const result = await client.call('step.try', input, { signal })
        set({ work: { kind: 'ended', result, tookMs: nowMs() - beganMs } })
      } catch (error) {
        set({ work: { kind: 'failed', error: toAppError(error) } })
      }
    },
    stop: () => {
      const { work } = get()
      if (work.kind === 'running') set({ work: { ...work, isStopping: true } })
      running.abort()
    },
    open: () => () => running.abort(),
  }))
}
