// A batch as its journal tells it: a reducer, and what follows from its state.
import { assertNever } from '../../assert.ts'
import type { BatchItem, BatchOutcome, BatchPhase, BatchRecord } from './batchRecord.ts'

type Created = Extract<BatchRecord, { type: 'created' }>
type Observed = Extract<BatchRecord, { type: 'observed' }>
type Asked = Extract<BatchRecord, { type: 'asked' }>

export type BatchRow = BatchItem & {
  /** The moment that its plan was made for. */
  readonly asOf: string
  readonly attempt: number
  readonly state: 'open' | 'claimed' | 'started' | 'observed'
  readonly requestedAt: string | null
  readonly startedAt: string | null
  /** Of this attempt; null while it is open or under way. */
  readonly observed: Observed | null
}

export type BatchJob = {
  readonly created: Created
  readonly rows: readonly BatchRow[]
  /** Who works on it, or did last. */
  readonly taken: { readonly host: string; readonly pid: number; readonly at: string } | null
  readonly lastAsked: Asked | null
  readonly isCancelled: boolean
  readonly isPaused: boolean
  /** Why it stopped itself; null: it did not, or a person let it go on. */
  readonly heldBecause: string | null
  /** A person let it go on behind the canary. */
  readonly isPastCanary: boolean
  /** What was observed last, since a person let it go on: as many as the guard looks at. */
  readonly recent: readonly Observed[]
}

/** Null: the journal does not begin as one. */
export function readBatch(records: readonly BatchRecord[]): BatchJob | null {
  const [first, ...rest] = records
  if (first?.type !== 'created') return null
  const born: BatchJob = {
    created: first,
    rows: [],
    taken: null,
    lastAsked: null,
    isCancelled: false,
    isPaused: false,
    heldBecause: null,
    isPastCanary: first.pace.canary === 0,
    recent: [],
  }
  return advanceBatch(born, rest)
}

/** [R104] The same state comes of the same records, however they are cut into pieces. */
export function advanceBatch(job: BatchJob, records: readonly BatchRecord[]): BatchJob {
  if (records.length === 0) return job
  const rows = [...job.rows]
  let next: BatchJob = { ...job, rows }
  for (const record of records) next = { ...next, ...changed(next, record, rows) }
  return next
}

/** Rows are changed in place: they are this advance's own copy. */
function changed(job: BatchJob, record: BatchRecord, rows: BatchRow[]): Partial<BatchJob> {
  switch (record.type) {
    case 'created':
      return {}
    case 'items':
      for (const item of record.items) rows.push({ ...item, ...unbegun, asOf: job.created.asOf })
      return {}
    case 'taken':
      return { taken: { host: record.host, pid: record.pid, at: record.at } }
    case 'asked':
      return obeyed(job, record)
    case 'retried':
      return retried(job, record, rows)
    case 'claimed':
      return underWay(record, rows, (row) => ({
        ...row,
        state: 'claimed',
        requestedAt: record.at,
      }))
    case 'released':
      return underWay(record, rows, (row) => ({ ...row, state: 'open', requestedAt: null }))
    case 'started':
      return underWay(record, rows, (row) => ({ ...row, state: 'started', startedAt: record.at }))
    case 'observed':
      return observed(job, record, rows)
    default:
      return assertNever(record)
  }
}

const unbegun = {
  attempt: 1,
  state: 'open',
  requestedAt: null,
  startedAt: null,
  observed: null,
} as const

/** [R106] Cancelled is for good. */
function obeyed(job: BatchJob, record: Asked): Partial<BatchJob> {
  if (job.isCancelled) return {}
  switch (record.control) {
    case 'pause':
      return { isPaused: true, lastAsked: record }
    case 'cancel':
      return { isCancelled: true, lastAsked: record }
    case 'continue':
      return {
        isPaused: false,
        heldBecause: null,
        recent: [],
        isPastCanary: job.isPastCanary || isCanaryOver(job),
        lastAsked: record,
      }
    default:
      return assertNever(record.control)
  }
}

/** Only what was observed is begun anew; a second try of it is another attempt. */
function retried(
  job: BatchJob,
  record: Extract<BatchRecord, { type: 'retried' }>,
  rows: BatchRow[],
): Partial<BatchJob> {
  if (job.isCancelled) return {}
  for (const { n, rev, digest } of record.items) {
    const row = rows[n]
    if (row?.state !== 'observed') continue
    const { asOf } = record
    rows[n] = { ...row, ...unbegun, rev, digest, asOf, attempt: row.attempt + 1 }
  }
  return { heldBecause: null, isPaused: false, recent: [] }
}

function underWay(
  { n, attempt }: { readonly n: number; readonly attempt: number },
  rows: BatchRow[],
  change: (row: BatchRow) => BatchRow,
): Partial<BatchJob> {
  const row = rows[n]
  if (row !== undefined && row.attempt === attempt && row.state !== 'observed')
    rows[n] = change(row)
  return {}
}

function observed(job: BatchJob, record: Observed, rows: BatchRow[]): Partial<BatchJob> {
  const row = rows[record.n]
  if (row === undefined || row.attempt !== record.attempt || row.state === 'observed') return {}
  rows[record.n] = { ...row, state: 'observed', observed: record }
  const recent = [...job.recent, record].slice(-(job.created.pace.guard?.of ?? 1))
  return { recent, heldBecause: job.heldBecause ?? guardSentence(job.created, recent) }
}

/** [R107] */
function guardSentence({ pace }: Created, recent: readonly Observed[]): string | null {
  if (pace.guard === null) return null
  const { failures } = pace.guard
  const alike = new Map<string, number>()
  for (const { outcome, key } of recent) {
    if (!isFailure(outcome) || key === null) continue
    const count = (alike.get(key) ?? 0) + 1
    alike.set(key, count)
    if (count >= failures)
      return `${count} of the last ${recent.length} runs failed for the same reason: ${key}`
  }
  return null
}

/** What may be tried once more. */
export function isFailure(outcome: BatchOutcome): boolean {
  return outcome === 'failed' || outcome === 'refused' || outcome === 'inDoubt'
}

function canaryRows({ created, rows }: BatchJob): readonly BatchRow[] {
  return rows.slice(0, created.pace.canary)
}

function isCanaryOver(job: BatchJob): boolean {
  return canaryRows(job).every(({ state }) => state === 'observed')
}

/** [R101] */
export function phaseOf(job: BatchJob): BatchPhase {
  if (job.rows.every(({ state }) => state === 'observed')) return 'done'
  if (job.isCancelled) return 'cancelled'
  if (job.isPaused || job.heldBecause !== null) return 'paused'
  if (!job.isPastCanary && isCanaryOver(job)) return 'waiting'
  if (job.taken === null) return 'planned'
  return job.isPastCanary ? 'running' : 'canary'
}

/** [R102] [R105] Which rows are begun now: none where it rests, no more than the limit, only the canary before a person agreed. */
export function claimable(job: BatchJob): readonly number[] {
  if (!goesOn(job)) return []
  const { pace } = job.created
  const last = job.isPastCanary ? job.rows.length : Math.min(pace.canary, job.rows.length)
  let free = pace.parallel - underWayCount(job)
  const found: number[] = []
  for (let n = 0; n < last && free > 0; n += 1) {
    if (job.rows[n]?.state !== 'open') continue
    found.push(n)
    free -= 1
  }
  return found
}

/** Whether a host has something to begin. */
export function goesOn(job: BatchJob): boolean {
  const phase = phaseOf(job)
  return phase === 'planned' || phase === 'canary' || phase === 'running'
}

export function underWayCount({ rows }: BatchJob): number {
  let count = 0
  for (const { state } of rows) if (state === 'claimed' || state === 'started') count += 1
  return count
}

export type BatchCounts = Readonly<Record<BatchOutcome | 'open' | 'underWay', number>>

export function countsOf({ rows }: BatchJob): BatchCounts {
  const counts = {
    open: 0,
    underWay: 0,
    completed: 0,
    failed: 0,
    waits: 0,
    paused: 0,
    cancelled: 0,
    inDoubt: 0,
    refused: 0,
  }
  for (const { state, observed: seen } of rows) {
    if (seen !== null) counts[seen.outcome] += 1
    else if (state === 'open') counts.open += 1
    else counts.underWay += 1
  }
  return counts
}
