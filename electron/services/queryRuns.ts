import type { CallOutput, HandlerInput, HandlerOptions } from '../../shared/contract/contract.ts'
import type { RunRow } from '../../shared/contract/runs.ts'
import type { StateSearch } from '../../shared/contract/runList.ts'
import type { CancelSignal } from '../../shared/cancel.ts'
import { retellAge } from '../../shared/core/diagnose/retellAge.ts'
import type { ServiceContext } from './context.ts'
import { findRows, type FindOptions } from './findRows.ts'
import { checkRows } from './listing/checkRows.ts'
import { shownRow } from './listing/shownRows.ts'
import { nowMs, readRowsWhole, refreshRows } from './listing/refreshRows.ts'
import { saveSoon } from './runIndex.ts'

/** One page of the list. A file that cannot be read is a row too. */
export async function queryRuns(
  context: ServiceContext,
  input: HandlerInput<'run.list'>,
  options: Pick<HandlerOptions<'run.list'>, 'signal'> &
    Partial<Pick<HandlerOptions<'run.list'>, 'progress'>>,
): Promise<CallOutput<'run.list'>> {
  const { listeners } = context.index
  const tellListed = (listed: number): void => options.progress?.({ listed })
  listeners.add(tellListed)
  try {
    return await pageOfRows(context, input, options)
  } finally {
    listeners.delete(tellListed)
  }
}

async function pageOfRows(
  context: ServiceContext,
  input: HandlerInput<'run.list'>,
  options: FindOptions,
): Promise<CallOutput<'run.list'>> {
  const { signal } = options
  return withRows(context, signal, async () => {
    const { page, total, searching } = await exactPage(context, input, options)
    await readOldWords(context, page, signal)
    const { rows } = context.index
    return {
      rows: page.map((place) => shownRow(context, place)),
      total,
      counts: rows.counts(),
      unverified: rows.unverified(),
      ...(searching === null ? {} : { searching }),
    }
  })
}

/** Answers from the rows as they are now. What has time waits meanwhile. */
export async function withRows<T>(
  context: ServiceContext,
  signal: CancelSignal,
  answer: () => Promise<T>,
): Promise<T> {
  const { index } = context
  index.asking += 1
  try {
    await lookAgain(context, signal)
    return await answer()
  } finally {
    index.asking -= 1
    index.askedAtMs = performance.now()
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

/** Places of all rows that match, in their order. What the columns tell is what the list knows: only a search of the state reads. */
export async function findPlaces(
  context: ServiceContext,
  query: Pick<HandlerInput<'run.list'>, 'view' | 'text' | 'filter' | 'sort'>,
  options: FindOptions,
): Promise<Int32Array> {
  await lookAgain(context, options.signal)
  const { rows } = await findRows(context, { ...query, partial: false, enough: 0 }, options)
  return rows
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
  options: FindOptions,
): Promise<FoundPage> {
  const { rows } = context.index
  const found = await findPage(context, input, options)
  const inexact = found.page.filter((place) => !rows.stateAt(place).isExact)
  if (inexact.length === 0) return found
  await readRowsWhole(context, inexact, options.signal)
  return findPage(context, input, options)
}

type FoundPage = {
  readonly page: readonly number[]
  readonly total: number
  readonly searching: StateSearch | null
}

async function findPage(
  context: ServiceContext,
  input: HandlerInput<'run.list'>,
  options: FindOptions,
): Promise<FoundPage> {
  const { offset, limit } = input
  const asked = { ...input, enough: offset + limit }
  const { rows, searching } = await findRows(context, asked, options)
  return { page: [...rows.subarray(offset, offset + limit)], total: rows.length, searching }
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
