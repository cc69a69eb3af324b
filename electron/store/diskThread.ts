// The host's end of a thread of the disk: hands jobs over and gives each its answer, also when the thread ends before.
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { DiskJob, DiskOutcome, LaneTarget } from './disk.ts'
import { unpackError } from './diskErrors.ts'
import { createDiskSlot, type DiskReply, type DiskRequest } from './diskMessages.ts'

export interface DiskThread {
  state(): ThreadState
  openLane(target: LaneTarget, isDurablyNamed: boolean): ThreadLane
  /** Ends it when everything that was handed over is done. */
  close(): Promise<void>
}

/** `starting` until it can take jobs. `closed`: by us, `died`: by itself; both for good. */
export type ThreadState = 'starting' | 'ready' | 'closed' | 'died'

export interface ThreadLane {
  perform(job: DiskJob): Promise<DiskOutcome>
  close(): Promise<void>
}

type Waiting = {
  readonly resolve: (outcome: DiskOutcome) => void
  readonly reject: (error: Error) => void
}

/** `onDeath` is told why a thread ended that nobody closed, and whether it ever was ready. */
export function startDiskThread(
  onDeath: (cause: Error, wasReady: boolean) => void,
  entry: string = diskEntry,
): DiskThread {
  const slot = createDiskSlot()
  const worker = new Worker(entry, { name: 'unstuck disk', workerData: slot.memory })
  const calls = createCalls(worker)
  let state: ThreadState = 'starting'
  let lanes = 0
  let failure: Error | null = null

  worker.on('message', (reply: DiskReply) => {
    if (typeof reply === 'number') calls.settle(reply, ({ resolve }) => resolve('done'))
    else if (reply.kind === 'ready') state = state === 'starting' ? 'ready' : state
    else if (reply.kind === 'outcome')
      calls.settle(reply.id, ({ resolve }) => resolve(reply.outcome))
    else calls.settle(reply.id, ({ reject }) => reject(unpackError(reply.error)))
  })
  worker.on('error', (error) => {
    failure = error instanceof Error ? error : new Error(String(error))
  })
  const ended = new Promise<void>((resolve) => {
    worker.on('exit', (code) => {
      failure ??= new Error(`it ended with code ${code}`)
      calls.fail(endedError(failure))
      const wasReady = state === 'ready'
      if (state !== 'closed') {
        state = 'died'
        onDeath(failure, wasReady)
      }
      resolve()
    })
  })

  // After the listeners: each of them holds the process.
  worker.unref()

  const send = (request: DiskRequest): void => {
    worker.postMessage(request)
    slot.ring()
  }
  const call = (hand: (id: number) => void): Promise<DiskOutcome> => {
    if (state === 'ready') return calls.start(hand)
    return Promise.reject(endedError(failure ?? new Error('it is closed')))
  }
  const performOn = (lane: number, job: DiskJob): Promise<DiskOutcome> =>
    call((id) => {
      if (job.kind === 'append' && slot.put({ id, lane, job })) slot.ring()
      else send({ kind: 'job', id, lane, job })
    })
  return {
    state: () => state,
    openLane: (target, isDurablyNamed) => {
      lanes += 1
      const lane = lanes
      send({ kind: 'open', lane, target, isDurablyNamed })
      return {
        perform: (job) => performOn(lane, job),
        close: async () => {
          // The files of a thread that has ended are closed.
          if (state === 'ready') await call((id) => send({ kind: 'close', id, lane }))
        },
      }
    },
    close: async () => {
      if (state === 'died') return
      state = 'closed'
      worker.ref()
      slot.end()
      await ended
    },
  }
}

/** The process waits for the thread only while somebody waits for an answer. */
function createCalls(worker: Worker) {
  const waiting = new Map<number, Waiting>()
  let last = 0
  return {
    start: (hand: (id: number) => void): Promise<DiskOutcome> =>
      new Promise((resolve, reject) => {
        last += 1
        if (waiting.size === 0) worker.ref()
        waiting.set(last, { resolve, reject })
        hand(last)
      }),
    settle: (id: number, answer: (call: Waiting) => void): void => {
      const call = waiting.get(id)
      waiting.delete(id)
      if (waiting.size === 0) worker.unref()
      if (call !== undefined) answer(call)
    },
    fail: (error: Error): void => {
      const calls = [...waiting.values()]
      waiting.clear()
      for (const { reject } of calls) reject(error)
    },
  }
}

function endedError(cause: Error): Error {
  const message = `the thread that writes to the disk has ended (${cause.message}). What was being written may be on disk or not. Open the run again`
  return new Error(message, { cause })
}

/** Beside the program in a bundle, beside this file in the source. */
const diskEntry = join(
  import.meta.dirname,
  import.meta.filename.endsWith('.ts') ? 'diskMain.ts' : 'disk.js',
)
