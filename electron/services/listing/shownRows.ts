import { contract, type HandlerInput } from '../../../shared/contract/contract.ts'
import type { RunRow } from '../../../shared/contract/runs.ts'
import { retellAge } from '../../../shared/core/diagnose/retellAge.ts'
import type { ServiceContext } from '../context.ts'
import type { FirstPage } from './savedIndex.ts'

/** The row at a place as it is shown: its age is that of now, where it can be told without reading the run. */
export function shownRow(
  { index, workspace, now }: Pick<ServiceContext, 'index' | 'workspace' | 'now'>,
  place: number,
): RunRow {
  const row = index.rows.rowAt(place)
  return {
    ...row,
    ref: { ...row.ref, workspace: workspace.id, item: null },
    reason: retellAge(row.reason, row, now()) ?? row.reason,
  }
}

/** What is asked first of a workspace. */
export const firstQuestion: HandlerInput<'run.list'> = contract['run.list'].input.parse({})

/** The answer to it with what is known now. */
export function firstPageOf(
  context: Pick<ServiceContext, 'index' | 'workspace' | 'now'>,
): FirstPage {
  const { rows } = context.index
  const { page, total } = rows.query(firstQuestion)
  return {
    rows: page.map((place) => shownRow(context, place)),
    total,
    counts: rows.counts(),
    unverified: rows.unverified(),
    asOf: context.now(),
  }
}
