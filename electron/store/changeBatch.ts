import type { RunId } from '../../shared/schema/ids.ts'
import type { Timers } from './storeContext.ts'

export type ChangeBatch = {
  /** Null: any run may have changed. */
  readonly add: (runs: readonly RunId[] | null) => void
  readonly close: () => void
}

/** Collects changes and tells them together, at most once per 100 ms. So many that a look at all is cheaper are told as any. */
export function createChangeBatch(
  timers: Timers,
  listener: (runs: readonly RunId[] | null) => void,
): ChangeBatch {
  let runs: Set<RunId> | null = new Set()
  let forget: (() => void) | null = null
  let isClosed = false
  const flush = (): void => {
    const told = runs
    runs = new Set()
    forget = null
    listener(told === null ? null : [...told])
  }
  return {
    add: (added) => {
      if (isClosed || added?.length === 0) return
      for (const run of added ?? []) runs?.add(run)
      if (added === null || (runs?.size ?? 0) > mostNamed) runs = null
      forget ??= timers.after(batchMs, flush)
    },
    close: () => {
      isClosed = true
      forget?.()
    },
  }
}

const batchMs = 100
const mostNamed = 1000
