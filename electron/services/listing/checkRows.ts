// Reads all of what the list was told of by its start, when there is time, so that damage shows where it is.
import { setTimeout as sleep } from 'node:timers/promises'
import type { RunRow } from '../../../shared/contract/runs.ts'
import type { ServiceContext } from '../context.ts'
import { closing } from '../runIndex.ts'
import { createCheckNews, type CheckNews } from './checkNews.ts'
import { readRowsWhole } from './refreshRows.ts'
import type { RowTable } from './rowTable.ts'

/** Goes on by itself until every row is verified or the index is closed. A command that ends soon checks nothing. */
export function checkRows(context: ServiceContext): void {
  const { index, application } = context
  if (application.host === 'cli' || index.isChecking || index.isClosed) return
  if (index.rows.unverified() === 0) return
  index.isChecking = true
  index.checking = checkOrTell(context)
}

async function checkOrTell(context: ServiceContext): Promise<void> {
  const { index } = context
  try {
    await check(context)
    index.isChecking = false
  } catch (error) {
    // It would fail again: the rest stays unverified, and the next list tells why.
    if (!index.isClosed) index.checkFailure = error
  }
}

/** Whoever asked a moment ago types or scrolls on: the machine is theirs. */
const busyMs = 1000
const busyPauseMs = 50

/** Newest first. Rows that come meanwhile are checked after the next list. */
async function check(context: ServiceContext): Promise<void> {
  const { rows } = context.index
  const tellOf = (runs: readonly string[]): void =>
    context.emit('runs.changed', { runs: [...runs] })
  const news = createCheckNews(tellOf, () => performance.now())
  const order = rows.places({ column: 'since', descending: true }).slice()
  let tookMs = 0
  // One by one: what is thrown away before the next one never fills the heap.
  for (const place of order) {
    if (context.index.isClosed || context.index.rows !== rows) break
    if (!isUnverified(rows, place)) continue
    await pause(context, tookMs)
    const startMs = performance.now()
    await checkOne(context, place, news)
    tookMs = performance.now() - startMs
  }
  news.tell()
}

/** [E41] As long as the last check took: it takes half of a core at most, and next to nothing while somebody asks. */
async function pause({ index }: ServiceContext, tookMs: number): Promise<void> {
  do {
    const isBusy = performance.now() - index.askedAtMs < busyMs
    await sleep(isBusy ? busyPauseMs : Math.max(1, tookMs))
  } while (index.asking > 0 && !index.isClosed)
}

async function checkOne(context: ServiceContext, place: number, news: CheckNews): Promise<void> {
  const { index } = context
  const { rows } = index
  // Meanwhile it may have gone, and its place may be that of another row.
  if (!isUnverified(rows, place)) return
  const before = rows.rowAt(place)
  await readRowsWhole(context, [place], closing(index))
  if (isOther(before, rows.rowAt(place))) news.add(before.id)
}

function isUnverified(rows: RowTable, place: number): boolean {
  return rows.isLive(place) && !rows.stateAt(place).isVerified
}

type Told = Pick<RunRow, 'status' | 'health' | 'liveness' | 'reason' | 'flaws'>

/** Words that only say more of the same are seen with the next list. */
function isOther(before: Told, after: Told): boolean {
  return (
    before.health !== after.health ||
    before.status !== after.status ||
    before.liveness !== after.liveness ||
    before.reason.rule !== after.reason.rule ||
    before.flaws !== after.flaws
  )
}
