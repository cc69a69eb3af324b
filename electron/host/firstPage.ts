import { setImmediate as turn } from 'node:timers/promises'
import type { HandlerInput, Handlers } from '../../shared/contract/contract.ts'
import { neverCancelled } from '../../shared/cancel.ts'
import type { ServiceContext } from '../services/context.ts'
import type { IndexCache } from '../services/listing/savedIndex.ts'
import { firstQuestion } from '../services/listing/shownRows.ts'
import { retellAge } from '../../shared/core/diagnose/retellAge.ts'

export type FirstPageOptions = {
  /** Null: nothing was saved. */
  readonly cache: Pick<IndexCache, 'firstPage'> | null
  readonly now: () => string
  /** Tells whoever is attached, and not the one who listed. */
  readonly announce: ServiceContext['emit']
}

/**
 * Answers the first list of a large workspace with the page that was saved, and says so (`asOf`), while the files are looked
 * at; then `runs.changed` makes whoever shows it ask again. Any other question is answered as it was.
 */
export function withFirstPage(handlers: Handlers, options: FirstPageOptions): Handlers {
  const list = handlers['run.list']
  let isFirst = options.cache !== null
  return {
    ...handlers,
    'run.list': async (input, call) => {
      const isAsked = isFirst
      isFirst = false
      const saved = isAsked && isFirstQuestion(input) ? await options.cache?.firstPage() : null
      if (saved === null || saved === undefined) return list(input, call)
      void lookThenTell(list, options)
      const now = options.now()
      const rows = saved.rows.slice(0, input.limit).map((row) => ({
        ...row,
        reason: retellAge(row.reason, row, now) ?? row.reason,
      }))
      return { ...saved, rows }
    },
  }
}

/**
 * A list that fails is asked for again by whoever shows the page, and tells them why. The page goes out first: a thread that is
 * started stops this one for a while.
 */
async function lookThenTell(
  list: Handlers['run.list'],
  { announce }: Pick<FirstPageOptions, 'announce'>,
): Promise<void> {
  await turn()
  const call = { signal: neverCancelled, progress: () => undefined }
  await Promise.allSettled([list({ ...firstQuestion, limit: 1 }, call)])
  announce('runs.changed', { runs: null })
}

function isFirstQuestion(input: HandlerInput<'run.list'>): boolean {
  const { view, text, filter, sort, offset, limit } = input
  return (
    view === firstQuestion.view &&
    text.trim() === '' &&
    filter.length === 0 &&
    sort.column === firstQuestion.sort.column &&
    sort.descending === firstQuestion.sort.descending &&
    offset === 0 &&
    limit <= firstQuestion.limit
  )
}
