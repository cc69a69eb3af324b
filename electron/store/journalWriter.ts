// Writes a run's journal: whole lines at its end, chained, and nothing else ever.
import { AppError } from '../../shared/errors.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import type { KnownRecord, RecordBody } from '../../shared/schema/journal.ts'
import type { DiskLane, DiskOutcome } from './disk.ts'
import { emptyChain, type ChainEnd, type JournalScan } from './journal.ts'
import { encodeLine, encodeLineSteps } from './journalLine.ts'
import type { HeldLock } from './lock.ts'
import { readJournal } from './readStoredRun.ts'
import { runSteps, runStepsInTurns, type Steps } from './steps.ts'
import type { StoreContext } from './storeContext.ts'
import { asWriteError } from './storeErrors.ts'
import { createTextRoom, type TextRoom } from './textRoom.ts'

export interface JournalWriter {
  append(bodies: readonly RecordBody[], durable: boolean): Promise<readonly KnownRecord[]>
  /** Bytes of whole lines in the journal. */
  sizeBytes(): number
  /** Bytes since the last record that holds the whole run. */
  sinceKeyframeBytes(): number
  cut(toBytes: number): Promise<void>
  continueAfter(seq: number): void
  /** Reads the journal again after something else has replaced it. */
  reload(): Promise<void>
  close(): Promise<void>
}

export type JournalWriterOptions = {
  readonly run: RunId
  readonly epoch: number
  /** Path of the journal, relative to the root. */
  readonly path: string
  /** The journal as it was read under the lock; null when there is none. */
  readonly scan: JournalScan | null
  /** Backs up what is there, before a torn tail is cut. */
  readonly backup: (reason: string) => Promise<unknown>
  readonly lock: HeldLock
  readonly lane: DiskLane
}

type State = {
  end: ChainEnd
  sizeBytes: number
  sinceKeyframeBytes: number
  tail: JournalScan['tail']
  /** Set by `continueAfter`: a person decided how the chain goes on behind damage. */
  isContinued: boolean
  failure: AppError | null
  readonly room: TextRoom
}

/**
 * After a failed write or sync nobody knows what is on disk, and a second sync would lie: the writer then refuses
 * everything for good, and the next one finds out by reading.
 */
export function createJournalWriter(
  context: StoreContext,
  options: JournalWriterOptions,
): JournalWriter {
  const state = createState(options.scan)
  return {
    append: (bodies, durable) => append(context, options, { state, bodies, durable }),
    sizeBytes: () => state.sizeBytes,
    sinceKeyframeBytes: () => state.sinceKeyframeBytes,
    cut: (toBytes) => orFail(options, state, () => cut(context, options, { state, toBytes })),
    continueAfter: (seq) => {
      if (seq < state.end.seq) {
        const message = `Run ${options.run} has record ${state.end.seq}; it cannot go on after ${seq}.`
        throw new AppError('invalid-input', message)
      }
      state.end = { ...state.end, seq }
      state.isContinued = true
    },
    reload: async () => {
      await options.lane.perform({ kind: 'release' })
      Object.assign(state, createState(await readJournal(context, options.path)))
    },
    close: async () => {
      await options.lane.perform({ kind: 'release' })
    },
  }
}

function createState(scan: JournalScan | null): State {
  return {
    end: scan?.end ?? emptyChain,
    sizeBytes: scan?.reading.sizeBytes ?? 0,
    sinceKeyframeBytes: scan?.sinceKeyframeBytes ?? 0,
    tail: scan?.tail ?? { kind: 'whole' },
    isContinued: false,
    failure: null,
    room: createTextRoom(),
  }
}

async function append(
  context: StoreContext,
  options: JournalWriterOptions,
  { state, bodies, durable }: { state: State; bodies: readonly RecordBody[]; durable: boolean },
): Promise<readonly KnownRecord[]> {
  if (state.failure !== null) throw state.failure
  if (bodies.length === 0) return []
  if (state.tail.kind !== 'whole') await mendTail(context, options, state)
  const encoding = encodeLines(context, options, { state, bodies })
  // Others have their turns while a whole run is written; a small record waits for nobody.
  const isLarge = bodies.some(({ type }) => holdsRun.has(type))
  const lines = isLarge ? await runStepsInTurns(encoding) : runSteps(encoding)
  const { bytes } = lines
  const { sizeBytes } = state
  let outcome: DiskOutcome
  try {
    const isReadBack = bodies.some(({ type }) => type === 'checkpoint')
    outcome = await options.lane.perform({ kind: 'append', bytes, sizeBytes, durable, isReadBack })
  } catch (error) {
    return fail(options, state, error)
  }
  if (outcome === 'lock-lost') throw await options.lock.lost()
  advance(state, lines)
  return lines.records
}

async function mendTail(
  context: StoreContext,
  options: JournalWriterOptions,
  state: State,
): Promise<void> {
  const { tail } = state
  if (tail.kind === 'whole' || state.isContinued) return
  if (tail.kind === 'damaged') {
    const message = `The journal of run ${options.run} is damaged at its end, so nothing was added. Repair the run first.`
    throw new AppError('corrupt', message, { run: options.run })
  }
  await options.lock.verify()
  await options.backup('The last line of the journal was cut short')
  await orFail(options, state, () => cut(context, options, { state, toBytes: tail.offset }))
}

async function cut(
  context: StoreContext,
  options: JournalWriterOptions,
  { state, toBytes }: { state: State; toBytes: number },
): Promise<void> {
  const { sizeBytes } = state
  const outcome = await options.lane.perform({ kind: 'cut', sizeBytes, toBytes })
  if (outcome === 'lock-lost') throw await options.lock.lost()
  Object.assign(state, createState(await readJournal(context, options.path)))
}

function* encodeLines(
  context: StoreContext,
  options: JournalWriterOptions,
  { state, bodies }: { readonly state: State; readonly bodies: readonly RecordBody[] },
): Steps<Lines> {
  const at = context.now()
  const { end, room } = state
  const records: KnownRecord[] = []
  let keyframeEnd: number | null = null
  room.clear()
  for (const body of bodies) {
    const before = records.at(-1) ?? end
    const link = { seq: before.seq + 1, at, epoch: options.epoch, prev: before.sum }
    const { record } = holdsRun.has(body.type)
      ? yield* encodeLineSteps(body, link, room)
      : encodeLine(body, link, room)
    records.push(record)
    if (holdsRun.has(record.type)) keyframeEnd = room.sizeBytes()
  }
  return { bytes: room.bytes(), records, keyframeEnd }
}

type Lines = {
  /** Valid until the next append is encoded. */
  readonly bytes: Uint8Array
  readonly records: readonly KnownRecord[]
  /** Where in the bytes the last record ends that holds the whole run. */
  readonly keyframeEnd: number | null
}

function advance(state: State, { bytes, records, keyframeEnd }: Lines): void {
  const last = records.at(-1)
  if (last !== undefined) state.end = { seq: last.seq, sum: last.sum, epoch: last.epoch }
  state.sizeBytes += bytes.byteLength
  state.sinceKeyframeBytes =
    keyframeEnd === null
      ? state.sinceKeyframeBytes + bytes.byteLength
      : bytes.byteLength - keyframeEnd
}

async function orFail<T>(
  options: JournalWriterOptions,
  state: State,
  work: () => Promise<T>,
): Promise<T> {
  if (state.failure !== null) throw state.failure
  try {
    return await work()
  } catch (error) {
    return fail(options, state, error)
  }
}

function fail(options: JournalWriterOptions, state: State, error: unknown): never {
  const what = `The journal of run ${options.run} could not be written, and nothing more will be until it is opened again`
  state.failure = asWriteError(error, what, { run: options.run })
  throw state.failure
}

const holdsRun: ReadonlySet<string> = new Set(['keyframe', 'runCreated'])
