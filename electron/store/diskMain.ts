// A thread of the disk: does what it is handed, one after another, and sleeps without a loop of events in between.
import { parentPort, receiveMessageOnPort, workerData, type MessagePort } from 'node:worker_threads'
import { invariant } from '../../shared/assert.ts'
import { createBlockingPort } from './diskBlockingPort.ts'
import type { DiskJob } from './disk.ts'
import { packError } from './diskErrors.ts'
import { closeJournal, createLaneState, perform, type LaneState } from './diskLane.ts'
import {
  createDiskSlot,
  type DiskReply,
  type DiskRequest,
  type DiskSlot,
  type HandedJob,
} from './diskMessages.ts'
import { driveNow, type DiskPort } from './diskSequence.ts'

invariant(parentPort !== null, 'The thread of the disk was started as a program.')
serve({
  host: parentPort,
  slot: createDiskSlot(workerData),
  port: createBlockingPort(),
  lanes: new Map(),
})

type Thread = {
  readonly host: MessagePort
  readonly slot: DiskSlot
  readonly port: DiskPort
  readonly lanes: Map<number, LaneState>
}

function serve(thread: Thread): void {
  const { slot } = thread
  post(thread, { kind: 'ready' })
  for (;;) {
    const [rung, isEnding] = [slot.rung(), slot.isEnding()]
    const waiting = slot.take()
    // What was sent before that append has arrived by now, such as the message that opens its lane.
    answerAll(thread)
    if (waiting !== null) {
      const reply = outcomeOf(thread, waiting)
      slot.free()
      post(thread, reply)
    } else if (isEnding) break
    else slot.sleep(rung)
  }
  for (const lane of thread.lanes.values()) driveNow(closeJournal(lane))
}

function answerAll(thread: Thread): void {
  for (;;) {
    const received = receiveMessageOnPort(thread.host)
    if (received === undefined) return
    const request: DiskRequest = received.message
    answer(thread, request)
  }
}

function answer(thread: Thread, request: DiskRequest): void {
  const { lanes } = thread
  if (request.kind === 'open') {
    lanes.set(request.lane, createLaneState(request.target, request.isDurablyNamed))
  } else if (request.kind === 'job') {
    post(thread, outcomeOf(thread, request))
  } else {
    post(thread, outcomeOf(thread, { ...request, job: { kind: 'release' } }))
    lanes.delete(request.lane)
  }
}

function outcomeOf(thread: Thread, { id, lane, job }: HandedJob<DiskJob>): DiskReply {
  try {
    const state = thread.lanes.get(lane)
    invariant(state !== undefined, 'A job came for a run that this thread does not know.')
    const outcome = driveNow(perform(thread.port, state, job))
    return outcome === 'done' ? id : { kind: 'outcome', id, outcome }
  } catch (error) {
    return { kind: 'failed', id, error: packError(error) }
  }
}

function post({ host }: Thread, message: DiskReply): void {
  host.postMessage(message)
}
