// The jobs of one run as sequences of disk operations, and the journal that stays open between them.
import { dirname } from 'node:path'
import { assertNever } from '../../shared/assert.ts'
import { AppError } from '../../shared/errors.ts'
import type { RunId } from '../../shared/schema/ids.ts'
import type { AppendJob, Disk, DiskJob, DiskOutcome, LaneTarget, LockMark } from './disk.ts'
import { lookBelow } from './diskPaths.ts'
import { replace } from './diskReplace.ts'
import { drive, step, type DiskFile, type DiskPort, type Sequence } from './diskSequence.ts'
import { adopt, look, readAt, writeWhole } from './diskSteps.ts'
import { absolute } from './paths.ts'

export type LaneState = {
  readonly target: LaneTarget
  journal: { readonly file: DiskFile; readonly path: string; readonly inode: bigint } | null
  /** The journal's name is on disk, too. */
  isDurablyNamed: boolean
}

/** A disk whose jobs are driven over the port. */
export function createDiskOverPort(port: DiskPort): Disk {
  return {
    openLane: (target) => {
      const state = createLaneState(target, false)
      return {
        perform: (job) => drive(perform(port, state, job)),
        close: () => drive(closeJournal(state)),
      }
    },
    close: async () => {},
  }
}

export function createLaneState(target: LaneTarget, isDurablyNamed: boolean): LaneState {
  return { target, journal: null, isDurablyNamed }
}

export function* perform(port: DiskPort, state: LaneState, job: DiskJob): Sequence<DiskOutcome> {
  if (job.kind === 'release') {
    yield* closeJournal(state)
    return 'done'
  }
  if (!(yield* isHeld(port, state.target.lock))) return 'lock-lost'
  if (job.kind === 'append') yield* orClose(state, append(port, state, job))
  else if (job.kind === 'cut') yield* orClose(state, cut(port, state, job))
  else if (job.kind === 'replace') yield* replace(port, job)
  else assertNever(job)
  return 'done'
}

export function* closeJournal(state: LaneState): Sequence<void> {
  const { journal } = state
  state.journal = null
  if (journal !== null) yield* step(journal.file.close())
}

function* isHeld(port: DiskPort, lock: LockMark): Sequence<boolean> {
  const now = yield* look(port, lock.path)
  return now !== null && now.inode === lock.inode && now.modifiedNs === lock.modifiedNs
}

function* append(port: DiskPort, state: LaneState, job: AppendJob): Sequence<void> {
  const { file, path } = yield* openJournal(port, state, job.sizeBytes)
  yield* writeWhole(file, job.bytes)
  if (job.durable) {
    yield* step(file.syncData())
    // The name of a new journal is durable before its first durable record is acknowledged.
    if (!state.isDurablyNamed) yield* step(port.fileSystem.syncFolder(dirname(path)))
    state.isDurablyNamed = true
  }
  if (job.isReadBack) yield* readBack(port, { path, run: state.target.run, job })
}

/** Through the path, as whoever reads the run will; of very many bytes the last ones. */
function* readBack(
  port: DiskPort,
  { path, run, job }: { readonly path: string; readonly run: RunId; readonly job: AppendJob },
): Sequence<void> {
  const written = job.bytes.subarray(-mostReadBackBytes)
  const position = job.sizeBytes + job.bytes.byteLength - written.byteLength
  const found = yield* readAt(port, path, { position, bytes: written.byteLength })
  if (Buffer.compare(found, written) === 0) return
  const message = `A checkpoint of run ${run} was written, and ${path} does not have it: the file was cut or replaced by another program. Look at the run, repair it, then resume it.`
  throw new AppError('corrupt', message, { run, offset: position })
}

function* cut(
  port: DiskPort,
  state: LaneState,
  job: { readonly sizeBytes: number; readonly toBytes: number },
): Sequence<void> {
  const { file } = yield* openJournal(port, state, job.sizeBytes)
  yield* step(file.truncate(job.toBytes))
  yield* step(file.sync())
  yield* closeJournal(state)
}

/** The file that the path names, of the size that was written: any other means that somebody wrote without the lock. */
function* openJournal(
  port: DiskPort,
  state: LaneState,
  sizeBytes: number,
): Sequence<NonNullable<LaneState['journal']>> {
  const { run } = state.target
  const journal = state.journal ?? (yield* openFile(port, state, sizeBytes))
  // An open file keeps its inode, so that the name tells its size as well.
  const named = yield* look(port, journal.path)
  if (named?.inode !== journal.inode) {
    throw changedError(run, { expectedBytes: sizeBytes, foundBytes: named?.sizeBytes ?? null })
  }
  if (named.sizeBytes === sizeBytes) return journal
  // A name may tell an older size for a moment; the open file has the last word.
  const { sizeBytes: foundBytes } = yield* step(journal.file.status())
  if (foundBytes === sizeBytes) return journal
  throw changedError(run, { expectedBytes: sizeBytes, foundBytes })
}

function changedError(
  run: RunId,
  sizes: { readonly expectedBytes: number; readonly foundBytes: number | null },
): AppError {
  const { expectedBytes, foundBytes } = sizes
  const found = foundBytes === null ? 'it is gone' : `it has ${foundBytes} bytes`
  const isOther = foundBytes === expectedBytes ? ' in another file' : ''
  const message = `The journal of run ${run} was changed by a program that does not hold its lock: it should have ${expectedBytes} bytes, and ${found}${isOther}. Nothing was added. Open the run again.`
  return new AppError('stale', message, { run, ...sizes })
}

function* openFile(
  port: DiskPort,
  state: LaneState,
  sizeBytes: number,
): Sequence<NonNullable<LaneState['journal']>> {
  const { journal: place, run } = state.target
  const { status } = yield* lookBelow(port, place)
  // One that is gone is not made anew: what it held is lost, and whoever opens the run is told so.
  if (status === null && sizeBytes > 0)
    throw changedError(run, { expectedBytes: sizeBytes, foundBytes: null })
  const path = absolute(place, place.relative)
  const file = yield* step(port.fileSystem.open(path, 'append'))
  try {
    if (status === null) yield* adopt(port, path, dirname(path))
    const { inode } = yield* step(file.status())
    const journal = { file, path, inode }
    state.journal = journal
    return journal
  } catch (error) {
    yield* step(file.close())
    throw error
  }
}

/** After a failed write or flush nobody knows what is on disk, and a second flush of the same file would lie. */
function* orClose<T>(state: LaneState, work: Sequence<T>): Sequence<T> {
  try {
    return yield* work
  } catch (error) {
    try {
      yield* closeJournal(state)
    } catch (reason) {
      if (error instanceof Error) error.cause ??= reason
    }
    throw error
  }
}

const mostReadBackBytes = 64 * 1024
