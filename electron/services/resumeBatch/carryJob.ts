// Works on one batch until it rests: claims what may begin, begins it, and writes down what is observed.
import type { CancelSignal } from '../../../shared/cancel.ts'
import { claimable, phaseOf, underWayCount } from '../../../shared/core/batch/batchJob.ts'
import type { BatchRecord } from '../../../shared/core/batch/batchRecord.ts'
import type { ServiceContext } from '../context.ts'
import { waitRunTick } from '../waitRunTick.ts'
import { carryItem, recoverItem } from './carryItem.ts'
import { openJob, type JobJournal } from './jobJournal.ts'
import type { Observation } from './observeRun.ts'

/** [R110] Only under the lock of the batch. Returns when it rests with nothing under way, or when the signal is aborted. */
export async function carryJob(
  context: ServiceContext,
  batch: string,
  { signal }: { readonly signal: CancelSignal },
): Promise<void> {
  const journal = await openJob(context, batch)
  const pid = process.pid
  const taken: BatchRecord = { type: 'taken', at: context.now(), host: context.hostName, pid }
  await journal.append([taken], { durable: false })
  const underWay = new Map<number, Promise<void>>()
  const failures: unknown[] = []
  const begin = (n: number, work: () => Promise<void>): void => {
    const done = work()
      .catch((error: unknown) => void failures.push(error))
      .finally(() => void underWay.delete(n))
    underWay.set(n, done)
  }
  const announce = createAnnouncer(context, journal)

  for (const [n, { state }] of journal.job().rows.entries())
    if (state === 'claimed' || state === 'started')
      begin(n, () => recover(context, journal, { n, signal }))
  for (;;) {
    const job = await journal.refresh()
    announce()
    if (signal.aborted || failures.length > 0) break
    // What was recovered may be open again, and is claimed anew.
    const next = underWay.size > underWayCount(job) ? [] : claimable(job)
    if (next.length === 0 && underWay.size === 0) break
    if (next.length > 0) {
      await journal.append(
        next.map((n) => claim(context, journal, n)),
        { durable: true },
      )
      for (const n of next) begin(n, () => carry(context, journal, { n, signal }))
    }
    await Promise.race([...underWay.values(), waitRunTick(lookMs, signal)])
  }
  await Promise.all(underWay.values())
  await journal.refresh()
  announce()
  if (failures.length > 0) throw failures[0]
}

/** How soon a word of another process is heard. */
const lookMs = 500

type Which = { readonly n: number; readonly signal: CancelSignal }

function claim(context: ServiceContext, journal: JobJournal, n: number): BatchRecord {
  return { type: 'claimed', at: context.now(), n, attempt: rowOf(journal, n).attempt }
}

function rowOf(journal: JobJournal, n: number) {
  const row = journal.job().rows[n]
  if (row === undefined) throw new RangeError(`Batch ${journal.id} has no row ${n}.`)
  return row
}

async function carry(
  context: ServiceContext,
  journal: JobJournal,
  { n, signal }: Which,
): Promise<void> {
  const { attempt } = rowOf(journal, n)
  const found = await carryItem(context, itemOptions(context, journal, { n, signal }))
  await note(context, journal, { n, attempt, found })
}

async function recover(
  context: ServiceContext,
  journal: JobJournal,
  { n, signal }: Which,
): Promise<void> {
  const { attempt } = rowOf(journal, n)
  const found = await recoverItem(context, itemOptions(context, journal, { n, signal }))
  if (found !== 'untouched') return note(context, journal, { n, attempt, found })
  const released: BatchRecord = { type: 'released', at: context.now(), n, attempt }
  await journal.append([released], { durable: false })
}

function itemOptions(context: ServiceContext, journal: JobJournal, { n, signal }: Which) {
  const row = rowOf(journal, n)
  const onStarted = async (): Promise<void> => {
    const { attempt } = row
    const started: BatchRecord = { type: 'started', at: context.now(), n, attempt }
    await journal.append([started], { durable: false })
  }
  return { batch: journal.id, job: journal.job(), row, signal, onStarted }
}

/** Not waited for by the disk: what a run came to is read back from the run whenever this line is lost. */
async function note(
  context: ServiceContext,
  journal: JobJournal,
  {
    n,
    attempt,
    found,
  }: { readonly n: number; readonly attempt: number; readonly found: Observation | null },
): Promise<void> {
  if (found === null) return
  const observed: BatchRecord = { type: 'observed', at: context.now(), n, attempt, ...found }
  await journal.append([observed], { durable: false })
}

/** Tells the screens how far it is: every change of its phase, and of its counts now and then. */
function createAnnouncer(context: ServiceContext, journal: JobJournal): () => void {
  let told = ''
  let toldAtMs = -Infinity
  return () => {
    const job = journal.job()
    const phase = phaseOf(job)
    const rows = job.rows
    const done = rows.reduce((sum, { state }) => sum + (state === 'observed' ? 1 : 0), 0)
    const state = `${phase} ${done} ${underWayCount(job)}`
    const nowMs = performance.now()
    const isRest = phase !== 'running' && phase !== 'canary'
    if (state === told || (!isRest && nowMs - toldAtMs < tellMs)) return
    told = state
    toldAtMs = nowMs
    context.emit('batch.progressed', { batch: journal.id, done, total: rows.length })
  }
}

const tellMs = 250
