import type { CallOutput, HandlerInput, HandlerOptions } from '../../shared/contract/contract.ts'
import type { ServiceContext } from './context.ts'
import { findRows, stateConditions } from './findRows.ts'
import { groupRows } from './listing/groupRows.ts'
import { countFound } from './listing/searchState.ts'
import { withRows } from './queryRuns.ts'

/** One page of the groups that the runs which fit fall into. */
export async function groupRuns(
  context: ServiceContext,
  input: HandlerInput<'run.groups'>,
  options: HandlerOptions<'run.groups'>,
): Promise<CallOutput<'run.groups'>> {
  return withRows(context, options.signal, async () => {
    const asked = { ...input, sort: inAnyOrder, enough: Infinity }
    const { rows, searching } = await findRows(context, asked, options)
    const { total, page } = groupRows(context.index.rows.save(), rows, input)
    const groups = [...page]
    return { groups, total, runs: rows.length, ...(searching === null ? {} : { searching }) }
  })
}

/** How many rows fit each query. The state is not searched for it. */
export async function countRuns(
  context: ServiceContext,
  { queries }: HandlerInput<'run.count'>,
  { signal }: Pick<HandlerOptions<'run.count'>, 'signal'>,
): Promise<CallOutput<'run.count'>> {
  return withRows(context, signal, async () => ({
    totals: queries.map((query) => {
      const rows = context.index.rows.matching(query, inAnyOrder)
      const conditions = stateConditions(query.filter)
      return conditions.length === 0 ? rows.length : countFound(context, conditions, rows)
    }),
  }))
}

/** The order that is there already. */
const inAnyOrder = { column: 'since', descending: true } as const
