// One plan for another engine's state: made, shown, approved, and what came of it; the files are read again after.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Client } from '../../shared/contract/contract.ts'
import { toAppError, type AppError } from '../../shared/errors.ts'
import {
  approval,
  approved,
  createPlanner,
  staleSentence,
  type Planned,
  type Planning,
} from './planning.ts'

export type PlanWork<Done> =
  | { readonly kind: 'idle' }
  /** `told`: the end of what was said meanwhile. */
  | { readonly kind: 'requested'; readonly told: string; readonly isCancelling: boolean }
  | { readonly kind: 'failed'; readonly error: AppError }
  | { readonly kind: 'done'; readonly done: Done }

export type Approval = ReturnType<typeof approval>
export type Carrying = { readonly signal: AbortSignal; readonly onTold: (text: string) => void }

export type PlanState<Input, Plan, Done> = {
  readonly input: Input
  readonly planning: Planning<Plan>
  readonly notice: string | null
  readonly work: PlanWork<Done>
  readonly open: () => () => void
  readonly replan: () => Promise<void>
  /** Plans something else. What was said of the last work goes. */
  readonly ask: (input: Input) => Promise<void>
  /** Does what is shown, and nothing else. */
  readonly apply: (call: (approval: Approval, carrying: Carrying) => Promise<Done>) => Promise<void>
  /** Does what needs no plan, such as the way back. */
  readonly carry: (call: (carrying: Carrying) => Promise<Done>) => Promise<void>
  readonly cancel: () => void
}
export type PlanStore<Input, Plan, Done> = StoreApi<PlanState<Input, Plan, Done>>

export function createPlanStore<Input, Plan, Done>(
  client: Client,
  options: {
    readonly input: Input
    readonly plan: (input: Input, signal: AbortSignal) => Promise<Planned<Plan>>
  },
): PlanStore<Input, Plan, Done> {
  return createStore<PlanState<Input, Plan, Done>>()((set, get) => {
    let running: AbortController | null = null
    const planner = createPlanner<Plan>({
      plan: (signal) => options.plan(get().input, signal),
      show: (planning) => set({ planning }),
    })
    const carry = async (call: (carrying: Carrying) => Promise<Done>) => {
      if (get().work.kind === 'requested') return
      const mine = new AbortController()
      running = mine
      let told = ''
      const show = () =>
        set({ work: { kind: 'requested', told, isCancelling: mine.signal.aborted } })
      const onTold = (text: string) => {
        told = (told + text).slice(-mostTold)
        show()
      }
      mine.signal.addEventListener('abort', show)
      set({ notice: null })
      show()
      try {
        const done = await call({ signal: mine.signal, onTold })
        set({ work: { kind: 'done', done } })
      } catch (cause) {
        const error = toAppError(cause)
        const isStale = error.code === 'stale'
        set({ notice: isStale ? staleSentence(error) : null })
        set({ work: isStale ? { kind: 'idle' } : { kind: 'failed', error } })
      }
      running = null
      await planner.now()
    }
    const unlessRequested = (plan: () => void) => () => {
      if (get().work.kind !== 'requested') plan()
    }
    return {
      input: options.input,
      planning: { kind: 'loading' },
      notice: null,
      work: { kind: 'idle' },
      open: () => {
        const stops = [
          client.on('runs.changed', unlessRequested(planner.renew)),
          // Whether a command may run is part of a plan.
          client.on('workspace.changed', unlessRequested(planner.soon)),
          planner.close,
        ]
        void planner.now()
        return () => stops.forEach((stop) => stop())
      },
      replan: planner.now,
      ask: (input) => {
        set({ input, notice: null, work: { kind: 'idle' } })
        return planner.now()
      },
      apply: async (call) => {
        const planned = approved(get().planning)
        if (planned !== null) await carry((carrying) => call(approval(planned), carrying))
      },
      carry,
      cancel: () => running?.abort(),
    }
  })
}

const mostTold = 16_000
