// The disk of a store: a few threads that block on it, so that the host never does. Each run stays on one of them.
import { AppError } from '../../shared/errors.ts'
import type { Disk, DiskJob, DiskLane, DiskOutcome, LaneTarget } from './disk.ts'
import { closeJournal, createLaneState, perform } from './diskLane.ts'
import { drive, type DiskPort } from './diskSequence.ts'
import { startDiskThread, type DiskThread, type ThreadLane } from './diskThread.ts'

export type DiskPoolOptions = {
  /** Does the jobs until there is a thread: most commands write less than it takes to start one. */
  readonly port: DiskPort
  /** Told when no thread can be had; the port then does everything. */
  readonly onProblem: (error: AppError) => void
  /** So many jobs are done over the port before a thread is started. */
  readonly jobsBefore?: number
  readonly start?: typeof startDiskThread
}

type Seat = { thread: DiskThread | null; lanes: number }

type Pool = DiskPoolOptions & { readonly seats: readonly Seat[]; jobs: number; isOver: boolean }

export function createDiskPool(options: DiskPoolOptions): Disk {
  const seats = Array.from({ length: mostThreads }, (): Seat => ({ thread: null, lanes: 0 }))
  const pool: Pool = { ...options, seats, jobs: 0, isOver: false }
  return {
    openLane: (target) => openLane(pool, target),
    close: async () => {
      pool.isOver = true
      await Promise.all(seats.map(async ({ thread }) => thread?.close()))
    },
  }
}

/** Begins over the port, and moves to its thread with the first job that finds it ready. */
function openLane(pool: Pool, target: LaneTarget): DiskLane {
  const seat = pool.seats.reduce((least, other) => (other.lanes < least.lanes ? other : least))
  const state = createLaneState(target, false)
  let moved: { readonly thread: DiskThread; readonly lane: ThreadLane } | null = null
  let isOpen = true
  seat.lanes += 1
  const beginning = async (job: DiskJob): Promise<DiskOutcome> => {
    const thread = readyThread(pool, seat)
    if (thread === null) return drive(perform(pool.port, state, job))
    await drive(closeJournal(state))
    moved = { thread, lane: thread.openLane(target, state.isDurablyNamed) }
    return moved.lane.perform(job)
  }
  return {
    perform: (job) => {
      if (moved?.thread.state() === 'closed') moved = null
      return moved === null ? beginning(job) : moved.lane.perform(job)
    },
    close: async () => {
      if (!isOpen) return
      isOpen = false
      seat.lanes -= 1
      await moved?.lane.close()
      await drive(closeJournal(state))
    },
  }
}

function readyThread(pool: Pool, seat: Seat): DiskThread | null {
  if (pool.isOver) return null
  pool.jobs += 1
  if (seat.thread === null && pool.jobs > (pool.jobsBefore ?? usualJobsBefore)) {
    seat.thread = startThread(pool, seat)
  }
  return seat.thread?.state() === 'ready' ? seat.thread : null
}

/** The runs of a thread that died refuse to go on; those that are opened later get another one. */
function startThread(pool: Pool, seat: Seat): DiskThread {
  const { start = startDiskThread } = pool
  return start((cause, wasReady) => {
    seat.thread = null
    if (wasReady) return
    pool.isOver = true
    const message = `No thread could be started to write to the disk, so that writing is slower: ${cause.message}`
    pool.onProblem(new AppError('io', message, {}, { cause }))
  })
}

const mostThreads = 3
const usualJobsBefore = 8
