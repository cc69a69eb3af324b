import type { CallOutput, HandlerInput, HandlerOptions } from '../../shared/contract/contract.ts'
import type { RunRow } from '../../shared/contract/runs.ts'
import type { CancelSignal } from '../../shared/cancel.ts'
import { retellAge } from '../../shared/core/diagnose/retellAge.ts'
import type { ServiceContext } from './context.ts'
import { checkRows } from './listing/checkRows.ts'
import { shownRow } from './listing/shownRows.ts'
import { nowMs, readRowsWhole, refreshRows } from './listing/refreshRows.ts'
import { saveSoon } from './runIndex.ts'

/** One page of the list. A file that cannot be read is a row too. */
export async function queryRuns(
  context: ServiceContext,
  input: HandlerInput<'run.list'>,
  { signal }: Pick<HandlerOptions<'run.list'>, 'signal'>,
): Promise<CallOutput<'run.list'>> {
  const { index } = context
  index.asking += 1
  try {
    await lookAgain(context, signal)
    const { page, total } = await exactPage(context, input, signal)
    await readOldWords(context, page, signal)
    const counts = index.rows.counts()
    const unverified = index.rows.unverified()
    return { rows: page.map((place) => shownRow(context, place)), total, counts, unverified }
  } finally {
    index.asking -= 1
    checkRows(context)
    saveSoon(context)
  }
}

/** Every row of the workspace, in no order. Of a large one not all are verified. */
export async function readRows(
  context: ServiceContext,
  { signal }: Pick<HandlerOptions<'run.list'>, 'signal'>,
): Promise<readonly RunRow[]> {
  await lookAgain(context, signal)
  const { rows } = context.index
  return Array.from(rows.places({ column: 'id', descending: false }), (place) =>
    shownRow(context, place),
  )
}

/** Places of all rows that match, in their order. What is told of them is what the list knows: none is read for it. */
export async function findPlaces(
  context: ServiceContext,
  query: Pick<HandlerInput<'run.list'>, 'view' | 'text' | 'sort'>,
  { signal }: Pick<HandlerOptions<'run.list'>, 'signal'>,
): Promise<readonly number[]> {
  await lookAgain(context, signal)
  return context.index.rows.query({ ...query, offset: 0, limit: Number.POSITIVE_INFINITY }).page
}

/** What changed is read; so is, for every question, what the files alone do not tell. */
async function lookAgain(context: ServiceContext, signal: CancelSignal): Promise<void> {
  const { index, store } = context
  if (index.checkFailure !== null) {
    const failure = index.checkFailure
    index.checkFailure = null
    throw failure
  }
  index.justRead = new Set()
  await refreshRows(context, signal)
  const held = await store.heldRuns()
  const places = new Set(index.rows.unsettled())
  for (const run of held) places.add(index.rows.placeOf(store.layout.head(run)))
  const old = [...places].filter(
    (place) => place !== -1 && !index.justRead.has(index.rows.documentAt(place)),
  )
  if (old.length > 0) await readRowsWhole(context, old, signal)
}

/** The page, with all of those runs read of which the start of the head does not tell enough. */
async function exactPage(
  context: ServiceContext,
  input: HandlerInput<'run.list'>,
  signal: CancelSignal,
): Promise<{ readonly page: readonly number[]; readonly total: number }> {
  const { rows } = context.index
  const found = rows.query(input)
  const inexact = found.page.filter((place) => !rows.stateAt(place).isExact)
  if (inexact.length === 0) return found
  await readRowsWhole(context, inexact, signal)
  return rows.query(input)
}

/** An age that was told long ago is told anew; where its words do not allow that, the run is read. */
async function readOldWords(
  context: ServiceContext,
  page: readonly number[],
  signal: CancelSignal,
): Promise<void> {
  const { rows } = context.index
  const atMs = nowMs(context)
  const old = page.filter((place) => {
    if (atMs - rows.stateAt(place).readAtMs < wordsLastMs) return false
    const row = rows.rowAt(place)
    return retellAge(row.reason, row, context.now()) === null
  })
  if (old.length > 0) await readRowsWhole(context, old, signal)
}

const wordsLastMs = 60_000
