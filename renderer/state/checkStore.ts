// Checking every run and document of the workspace: page by page, grouped by rule, with progress and cancel. It only reads.
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { BatchProgress } from '../../shared/contract/call.ts'
import type { CallOutput, Client } from '../../shared/contract/contract.ts'
import { toAppError, type AppError } from '../../shared/errors.ts'
import { addPage, emptyTally, groupsOf, type CheckedRule } from './checkTally.ts'

export type CheckResult = {
  readonly checked: number
  /** Of these, how many have findings or could not be checked. */
  readonly flawed: number
  readonly rules: readonly CheckedRule[]
  /** Findings of runs that have more than are told of each. */
  readonly untold: number
  readonly at: string
  /** How many there are in all, where it was stopped before its end; null: all were checked. */
  readonly stoppedOf: number | null
}

export type CheckState = {
  /** The last result, also while a newer one is made. */
  readonly result: CheckResult | null
  /** Null: nothing is being checked. */
  readonly checking: { readonly progress: BatchProgress | null } | null
  readonly error: AppError | null
  /** The rule whose findings are shown; null: the first. */
  readonly selected: string | null
  readonly check: () => Promise<void>
  /** What was checked so far stays. */
  readonly cancel: () => void
  readonly select: (rule: string) => void
}
export type CheckStore = StoreApi<CheckState>

type Page = CallOutput<'run.checkAll'>

export function createCheckStore(client: Client, nowMs: () => number): CheckStore {
  return createStore<CheckState>()((set, get) => {
    let running = new AbortController()
    const check = async () => {
      running.abort()
      const mine = new AbortController()
      running = mine
      set({ checking: { progress: null }, error: null })
      const tally = emptyTally()
      const show = (stoppedOf: number | null) => {
        const at = new Date(nowMs()).toISOString()
        const { checked, flawed, untold } = tally
        const result = { checked, flawed, untold, at, stoppedOf, rules: groupsOf(tally) }
        set({ result, checking: null })
      }
      let total = 0
      try {
        for (let offset: number | null = 0; offset !== null;) {
          const page: Page = await client.call(
            'run.checkAll',
            { sort: { column: 'id', descending: false }, offset },
            {
              signal: mine.signal,
              onProgress: (progress) => {
                if (running === mine && get().checking !== null) set({ checking: { progress } })
              },
            },
          )
          addPage(tally, page)
          total = page.total
          offset = page.nextOffset
        }
        if (running === mine) show(null)
      } catch (error) {
        if (running !== mine) return
        if (mine.signal.aborted && tally.checked > 0) show(total)
        else set({ checking: null, error: mine.signal.aborted ? null : toAppError(error) })
      }
    }
    return {
      result: null,
      checking: null,
      error: null,
      selected: null,
      check,
      cancel: () => running.abort(),
      select: (selected) => set({ selected }),
    }
  })
}

/** The rule whose findings are shown: the chosen one where it still has some, else the first. */
export function shownRule(
  { rules }: Pick<CheckResult, 'rules'>,
  selected: string | null,
): CheckedRule | undefined {
  return rules.find(({ rule }) => rule === selected) ?? rules[0]
}
