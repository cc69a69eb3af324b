import {
  cp,
  lstat,
  mkdir,
  mkdtemp,
  readFile,
  rm,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { CallOutput, HandlerOptions } from '../../shared/contract/contract.ts'
import { listCalls } from '../../shared/contract/runList.ts'
import { throwIfCancelled } from '../../shared/cancel.ts'
import { AppError } from '../../shared/errors.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import type { Json } from '../../shared/schema/json.ts'
import type { LockHolder } from '../../shared/schema/lock.ts'
import type { Executor } from '../executor/executor.ts'
import type { ServiceContext } from '../services/context.ts'
import { countRuns } from '../services/groupRuns.ts'
import { parseRunId } from '../services/refs.ts'
import { startRun } from '../services/startRun.ts'
import type { Store } from '../store/store.ts'
import { isMissing } from '../store/storeErrors.ts'
import { lockPath } from '../store/layout.ts'
import { foreignSampleFiles } from './foreignSampleFiles.ts'
import { sampleFiles } from './sampleFiles.ts'

export type CreateSample = (
  options: HandlerOptions<'sample.create'>,
) => Promise<CallOutput<'sample.create'>>

/** What it takes to run workflows at another time and in another folder than the host's own. */
export type SampleMaker = {
  readonly context: ServiceContext
  readonly openStore: (folder: string, now: () => string) => Promise<Store>
  readonly openExecutor: (store: Store, now: () => string) => Promise<Executor>
}

/** Fills an empty workspace with real runs: the executor makes them, and some are damaged afterwards as a crash would. */
export async function createSample(
  maker: SampleMaker,
  options: HandlerOptions<'sample.create'>,
): Promise<CallOutput<'sample.create'>> {
  const { store, emit } = maker.context
  await requireEmpty(maker.context)
  const say = (sentence: string) => {
    throwIfCancelled(options.signal, 'Making the sample')
    options.progress({ sentence })
  }

  say('Writing three workflows, two documents of older versions, and states of other engines')
  await writeSampleFiles(store.root)
  // [X143] From the oldest to the newest: each leaves its lines in the operations log, which is read by its order.
  say('Running a report that completes, 120 days ago')
  await runReport(maker, { daysAgo: 120 })
  say('Damaging the journal of one run and the head of another')
  await tearJournal(store, await runReport(maker, { daysAgo: 3 }))
  await breakHead(store, await runReport(maker, { daysAgo: 2 }))
  say('Running a report that completes, yesterday')
  await runReport(maker, { daysAgo: 1 })
  say('Running a report whose database is down')
  await runReport(maker, { daysAgo: 0.1, inputs: { database: 'down' } })
  say('Asking for two refunds, one of them on another host')
  await askForRefund(maker, { daysAgo: 0.04 })
  await holdElsewhere(store, await askForRefund(maker, { daysAgo: 0.03 }))
  say('Killing an order while it charges a card')
  await interruptOrder(maker)

  emit('runs.changed', { runs: null })
  const { totals } = await countRuns(maker.context, everyRun, options)
  return { runs: totals[0] ?? 0 }
}

const everyRun = listCalls['run.count'].input.parse({ queries: [{}] })

async function requireEmpty(context: ServiceContext): Promise<void> {
  const { store } = context
  if (!store.access.writable) throw new AppError('read-only', store.access.reason)
  const entries = await store.list()
  if (entries.length === 0) return
  throw new AppError(
    'invalid-input',
    `The sample needs an empty folder, and ${context.workspace.name} holds ${entries.length} documents. Choose another folder.`,
    { documents: entries.slice(0, 5).map((entry) => entry.document) },
  )
}

async function writeSampleFiles(root: string): Promise<void> {
  for (const [path, text] of Object.entries({ ...sampleFiles, ...foreignSampleFiles })) {
    const file = join(root, path)
    await mkdir(dirname(file), { recursive: true, mode: 0o700 })
    await writeFile(file, text, { flag: 'wx', mode: 0o600 })
    await utimes(file, writtenAt, writtenAt)
  }
}

/** When the documents say that they were written: some formats say no time, and the file's is taken. */
const writtenAt = new Date('2025-01-06T12:00:00.000Z')

async function runReport(
  maker: SampleMaker,
  at: { readonly daysAgo: number; readonly inputs?: Record<string, Json> },
): Promise<RunId> {
  const past = await openPast(maker, { folder: maker.context.store.root, daysAgo: at.daysAgo })
  try {
    const { ref } = await startRun(past.context, {
      definition: definitionOf(maker, 'nightly-report'),
      inputs: at.inputs ?? {},
    })
    const run = parseRunId(ref.document)
    await past.context.executor.find(run)?.done
    return run
  } finally {
    await past.close()
  }
}

function definitionOf(maker: SampleMaker, workflow: string): string {
  return join(maker.context.store.root, 'workflows', `${workflow}.yaml`)
}

/** The same host some days ago, in any folder. The sample's own workflows need no trust. */
async function openPast(
  maker: SampleMaker,
  at: { readonly folder: string; readonly daysAgo: number },
): Promise<{ readonly context: ServiceContext; readonly close: () => Promise<void> }> {
  const now = () => new Date(Date.parse(maker.context.now()) - at.daysAgo * dayMs).toISOString()
  const store = await maker.openStore(at.folder, now)
  const executor = await maker.openExecutor(store, now)
  const trust = { isTrusted: async () => true, setTrusted: async () => undefined }
  return {
    context: { ...maker.context, store, executor, now, trust, emit: () => undefined },
    close: async () => {
      await executor.close()
      await store.close()
    },
  }
}

const dayMs = 864e5

/** As a disk that lost the end of a file: the journal still has everything. */
async function breakHead(store: Store, run: RunId): Promise<void> {
  const head = join(store.root, store.layout.head(run))
  const { length } = await readFile(head)
  await truncate(head, Math.floor(length * 0.6))
}

/** As a power cut in the middle of the last record, before the head was written at the end. */
async function tearJournal(store: Store, run: RunId): Promise<void> {
  const { journal } = await store.read(run)
  const end = journal?.records.findLast(({ record }) => record.type === 'stepSucceeded')
  if (end === undefined) throw new AppError('bug', `Sample run ${run} has no finished step.`)
  const { root, layout } = store
  await truncate(join(root, layout.journal(run)), end.offset + Math.floor(end.sizeBytes / 2))
  await rm(join(root, layout.head(run)))
}

/** The host that asked went away: the question stays. */
async function askForRefund(
  maker: SampleMaker,
  { daysAgo }: { readonly daysAgo: number },
): Promise<RunId> {
  const past = await openPast(maker, { folder: maker.context.store.root, daysAgo })
  try {
    const { ref } = await startRun(past.context, {
      definition: definitionOf(maker, 'refund'),
      inputs: {},
    })
    const run = parseRunId(ref.document)
    await untilAsked(past.context.store, run)
    return run
  } finally {
    await past.close()
  }
}

/** As in a shared folder: another machine says that it carries the run, and nothing here proves that it is gone. */
async function holdElsewhere(store: Store, run: RunId): Promise<void> {
  const since = (await store.read(run)).journal?.records[0]?.record.at
  if (since === undefined) throw new AppError('bug', `Sample run ${run} has no journal.`)
  const holder: LockHolder = {
    run,
    machineId: 'another-machine',
    hostName: 'shop-2',
    bootId: 'another-start',
    pidNamespace: 'another-namespace',
    pid: 4242,
    processStartTime: '1',
    applicationVersion: '1.0.0',
    epoch: 1,
    since,
    controlSocket: null,
    purpose: 'run',
  }
  const file = join(store.root, lockPath(run))
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  await writeFile(file, `${JSON.stringify(holder)}\n`, { flag: 'wx', mode: 0o600 })
}

async function untilAsked(store: Store, run: RunId): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const { journal } = await store.read(run)
    if (journal?.records.some(({ record }) => record.type === 'stepWaiting')) return
    await setTimeout(50)
  }
  throw new AppError('io', 'The sample refund did not ask within 10 seconds.', { run })
}

/**
 * Runs an order in a workspace of its own until its card is being charged, and takes over its files as they are then:
 * to the byte what a killed host leaves behind.
 */
async function interruptOrder(maker: SampleMaker): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'unstuck-sample-'))
  const past = await openPast(maker, { folder, daysAgo: 0.02 })
  try {
    const { ref } = await startRun(past.context, {
      definition: definitionOf(maker, 'order-fulfilment'),
      inputs: {},
    })
    const run = parseRunId(ref.document)
    await untilCharging(past.context.store, run)
    for (const part of ['runs', 'logs', '.unstuck/steps'])
      await cp(join(folder, part), join(maker.context.store.root, part), {
        recursive: true,
        filter: isPlain,
      })
    await past.context.executor.find(run)?.cancel(maker.context.user, 'the sample is made')
  } finally {
    await past.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** The pipes of a wrapper are no files of its run, and what has just gone is not there to be copied. */
async function isPlain(path: string): Promise<boolean> {
  try {
    const status = await lstat(path)
    return status.isFile() || status.isDirectory()
  } catch (error) {
    if (isMissing(error)) return false
    throw error
  }
}

/** Its log says that it waits for the gateway: its intent is on disk, and its effect has begun. */
async function untilCharging(store: Store, run: RunId): Promise<void> {
  const log = store.layout.log(run, 'charge-card', 1)
  for (let tries = 0; tries < 200; tries++) {
    if ((await sizeIfThere(store, log)) > 60) return
    await setTimeout(50)
  }
  throw new AppError('io', 'The sample order did not reach its payment within 10 seconds.', { run })
}

async function sizeIfThere(store: Store, document: string): Promise<number> {
  try {
    return (await store.readSlice(document, { offset: 0, limitBytes: 1 })).sizeBytes
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-found') return 0
    throw error
  }
}
