// What every screen that plans and applies shares: one plan at a time, its approval, and work on many items.
import { AppError, toAppError } from '../../shared/errors.ts'
import type { BatchProgress, OutcomeRow } from '../../shared/contract/call.ts'

export type Planned<P> = {
  readonly plan: P
  readonly digest: string
  readonly rev: string
  readonly asOf: string
}

/** A plan on its way, failed, or there; `isRefreshing`: shown while a newer one is being made. */
export type Planning<P> =
  /** `progress`: of a plan over many, how far it is. */
  | { readonly kind: 'loading'; readonly progress?: BatchProgress }
  | { readonly kind: 'failed'; readonly error: AppError }
  | { readonly kind: 'ready'; readonly planned: Planned<P>; readonly isRefreshing: boolean }

/** Runs `work` after a delay; returns the function that takes it back. */
export type After = (work: () => void, delayMs: number) => () => void

const replanDelayMs = 250

type Planner = {
  /** Plans at once; resolves when this plan is shown or a newer one has taken its place. */
  readonly now: () => Promise<void>
  /** Plans after a pause in what a person changes: what is shown is not what is asked for any more. */
  readonly soon: () => void
  /**
   * Plans again because something changed elsewhere. What is shown may be approved meanwhile, for the host refuses what
   * is stale; and however many changes come, a plan comes too.
   */
  readonly renew: () => void
  /** Ends the plan under way, and says so. */
  readonly stop: () => void
  readonly close: () => void
}

/** Makes plans one at a time: a newer request cancels the older call, and a late answer is never shown. */
export function createPlanner<P>(options: {
  readonly plan: (
    signal: AbortSignal,
    onProgress: (progress: BatchProgress) => void,
  ) => Promise<Planned<P>>
  readonly show: (planning: Planning<P>) => void
  readonly after?: After
}): Planner {
  const after = options.after ?? afterDelay
  let shown: Planning<P> = { kind: 'loading' }
  let takeBack: (() => void) | null = null
  let isUnderWay = false
  let takeBackRenewal: (() => void) | null = null
  let running = new AbortController()
  const show = (planning: Planning<P>) => {
    shown = planning
    options.show(planning)
  }
  const end = () => {
    takeBack?.()
    takeBackRenewal?.()
    takeBackRenewal = null
    isUnderWay = false
    running.abort()
    running = new AbortController()
  }
  const begin = (): AbortController => {
    end()
    isUnderWay = true
    show(shown.kind === 'ready' ? { ...shown, isRefreshing: true } : { kind: 'loading' })
    return running
  }
  const run = async (mine: AbortController) => {
    isUnderWay = true
    try {
      const planned = await options.plan(mine.signal, (progress) => {
        if (!mine.signal.aborted && shown.kind === 'loading') show({ kind: 'loading', progress })
      })
      if (!mine.signal.aborted) show({ kind: 'ready', planned, isRefreshing: false })
    } catch (error) {
      if (!mine.signal.aborted) show({ kind: 'failed', error: toAppError(error) })
    }
    if (!mine.signal.aborted) isUnderWay = false
  }
  const renew = () => {
    takeBackRenewal ??= after(() => {
      takeBackRenewal = null
      if (isUnderWay) renew()
      else void run(running)
    }, replanDelayMs)
  }
  return {
    now: () => run(begin()),
    soon: () => {
      const mine = begin()
      takeBack = after(() => void run(mine), replanDelayMs)
    },
    renew,
    stop: () => {
      end()
      const error = new AppError('cancelled', 'The plan was stopped before its end.')
      show({ kind: 'failed', error })
    },
    close: end,
  }
}

/** The plan that a person may approve: the one shown, unless a newer one is being made. */
export function approved<P>(planning: Planning<P>): Planned<P> | null {
  return planning.kind === 'ready' && !planning.isRefreshing ? planning.planned : null
}

/** What an apply adds to its plan's input. */
export function approval(planned: Planned<unknown>): {
  readonly rev: string
  readonly digest: string
  readonly asOf: string
} {
  return { rev: planned.rev, digest: planned.digest, asOf: planned.asOf }
}

/** Work on many items: asked for, under way, and the row that each item got. */
export type BatchWork =
  | { readonly kind: 'idle' }
  | {
      readonly kind: 'running'
      readonly progress: BatchProgress | null
      readonly isCancelling: boolean
    }
  | { readonly kind: 'failed'; readonly error: AppError }
  | {
      readonly kind: 'finished'
      readonly rows: readonly OutcomeRow[]
      readonly freedBytes: number | null
      /** Of all items, also of those that have no row because they were not reached. */
      readonly total?: number
    }

type BatchOptions = {
  readonly signal: AbortSignal
  readonly onProgress: (progress: BatchProgress) => void
}
type BatchAnswer = {
  readonly rows: readonly OutcomeRow[]
  readonly freedBytes?: number | undefined
  readonly total?: number | undefined
}

/** Carries one batch at a time, with progress and cancel. A refusal with `stale` is told apart: nothing was done. */
export function createBatch(): {
  readonly run: (options: {
    readonly call: (options: BatchOptions) => Promise<BatchAnswer>
    readonly show: (work: BatchWork) => void
    readonly onStale: (sentence: string) => void
  }) => Promise<void>
  readonly cancel: () => void
} {
  let cancelCurrent: (() => void) | null = null
  return {
    run: async ({ call, show, onStale }) => {
      const controller = new AbortController()
      let progress: BatchProgress | null = null
      const showRunning = () =>
        show({ kind: 'running', progress, isCancelling: controller.signal.aborted })
      const cancelThis = () => {
        controller.abort()
        showRunning()
      }
      cancelCurrent = cancelThis
      const onProgress = (value: BatchProgress) => {
        progress = value
        showRunning()
      }
      showRunning()
      try {
        const {
          rows,
          freedBytes = null,
          total = rows.length,
        } = await call({ signal: controller.signal, onProgress })
        show({ kind: 'finished', rows, freedBytes, total })
      } catch (cause) {
        const error = toAppError(cause)
        if (error.code === 'stale') onStale(staleSentence(error))
        show(error.code === 'stale' ? { kind: 'idle' } : { kind: 'failed', error })
      } finally {
        if (cancelCurrent === cancelThis) cancelCurrent = null
      }
    },
    cancel: () => cancelCurrent?.(),
  }
}

/** What came of the items that were done: migrated runs, trash entries. What an undo takes back. */
export function doneResults(work: BatchWork): readonly string[] {
  if (work.kind !== 'finished') return []
  return work.rows.flatMap((row) =>
    row.outcome === 'done' && row.result !== null ? [row.result] : [],
  )
}

/** What is said when an apply was refused because something changed: nothing was done, here is the new plan. */
export function staleSentence(error: AppError): string {
  return `Nothing was done. ${error.message} This is the new plan: review it and confirm again.`
}

function afterDelay(work: () => void, delayMs: number): () => void {
  const timer = setTimeout(work, delayMs)
  return () => clearTimeout(timer)
}
