// Says whether the next write of a run is done best by the thread that asks for it, which stands still meanwhile.
//
// Measured (ext4, 2 cores, 2 KB of which the flush takes 210 us): a thread of the disk adds 70 us, for being woken, for
// waking the host and for what both find cold in their caches; on the spot it is 15 us. The price is that the host stands
// still for one flush. So it is done only while the disk is quick and nobody else writes. A disk that is slow all of a
// sudden stops the host for that one flush; then the threads have it until it was quick many times in a row, and four
// times as many after each such stop: of n records no more than about log4(n) stop the host for long.
import type { DiskJob } from './disk.ts'

export type DiskPace = {
  /** Whether the caller may do this job of a lane by itself. */
  mayStandStill(lane: object, job: DiskJob): boolean
  /** Does it on the spot; now and then the thread deals with what waits for it before it goes on. */
  onTheSpot<T>(lane: object, job: DiskJob, work: () => T): Promise<T>
  /** Follows what is done elsewhere. */
  elsewhere<T>(lane: object, job: DiskJob, work: () => Promise<T>): Promise<T>
}

export type DiskPaceOptions = {
  readonly clockMs: () => number
  /** Resolves when the thread has dealt with everything else that waits for it. */
  readonly nextTurn: () => Promise<void>
}

export function createDiskPace({ clockMs, nextTurn }: DiskPaceOptions): DiskPace {
  let underWay = 0
  let quickInARow = 0
  let quickNeeded = fewestQuick
  let stoodStillMs = 0
  let last: { readonly lane: object; readonly endMs: number } | null = null

  /** Returns how many milliseconds it took. */
  const ended = (lane: object, job: DiskJob, startMs: number): number => {
    const endMs = clockMs()
    const tookMs = endMs - startMs
    const flushes = flushesOf(job)
    if (tookMs >= quickMs * Math.max(flushes, 1)) quickInARow = 0
    else if (flushes > 0) quickInARow += 1
    last = { lane, endMs }
    return tookMs
  }
  return {
    mayStandStill: (lane, job) =>
      underWay === 0 &&
      quickInARow >= quickNeeded &&
      bytesOf(job) <= mostBytes &&
      (last === null || last.lane === lane || clockMs() - last.endMs > aloneMs),
    onTheSpot: async (lane, job, work) => {
      const startMs = clockMs()
      try {
        return work()
      } finally {
        const tookMs = ended(lane, job, startMs)
        if (tookMs >= stopMs) quickNeeded *= 4
        stoodStillMs += tookMs
        if (stoodStillMs > turnMs) {
          stoodStillMs = 0
          await nextTurn()
        }
      }
    },
    elsewhere: async (lane, job, work) => {
      const startMs = clockMs()
      underWay += 1
      try {
        return await work()
      } finally {
        underWay -= 1
        ended(lane, job, startMs)
      }
    },
  }
}

function flushesOf(job: DiskJob): number {
  if (job.kind === 'append') return job.durable ? 1 : 0
  return job.kind === 'replace' ? 2 : 0
}

/** What a job writes; cutting is rare and may take any time. */
function bytesOf(job: DiskJob): number {
  return job.kind === 'append' || job.kind === 'replace' ? job.bytes.byteLength : Infinity
}

const fewestQuick = 8
/** A flush that takes longer gains too little from standing still for it. */
const quickMs = 2
/** A stop that may not happen often: hosts promise to answer within 50 ms. */
const stopMs = 20
/** When another run wrote less than this ago, several write at once: threads then flush side by side. */
const aloneMs = 5
/** A run that writes in one go from promise to promise would keep everything else waiting. */
const turnMs = 5
const mostBytes = 64 * 1024
