// Rows that fit what is asked: from the columns, and where the state is asked for, from the documents.
import type { HandlerInput, HandlerOptions } from '../../shared/contract/contract.ts'
import type { RunSort } from '../../shared/contract/runs.ts'
import type { StateSearch } from '../../shared/contract/runList.ts'
import type { RunFilter, StateCondition } from '../../shared/schema/runCondition.ts'
import type { ServiceContext } from './context.ts'
import type { RowChoice } from './listing/rowTable.ts'
import { searchState } from './listing/searchState.ts'

export type Asked = RowChoice &
  Pick<HandlerInput<'run.list'>, 'partial'> & {
    readonly sort: RunSort
    /** With `partial`: this many rows are enough. */
    readonly enough: number
  }

export type FoundRows = {
  /** In order. */
  readonly rows: Int32Array
  readonly searching: StateSearch | null
}

export type FindOptions = Pick<HandlerOptions<'run.groups'>, 'signal'> &
  Partial<Pick<HandlerOptions<'run.groups'>, 'progress'>>

export async function findRows(
  context: ServiceContext,
  asked: Asked,
  { signal, progress = untold }: FindOptions,
): Promise<FoundRows> {
  const rows = context.index.rows.matching(asked, asked.sort)
  const conditions = stateConditions(asked.filter)
  if (conditions.length === 0) return { rows, searching: null }
  const enough = asked.partial ? asked.enough : null
  return searchState(context, { conditions, rows, enough, signal, progress })
}

export function stateConditions(filter: RunFilter): readonly StateCondition[] {
  return filter.filter((condition) => condition.kind === 'state')
}

function untold(): void {}
