import { AppError } from '../errors.ts'
import type { Channel } from './channel.ts'

/** Two ends of a channel inside one process. Frames arrive later than they are sent, in order; closing one end closes both. */
export function memoryPair(): [Channel, Channel] {
  const left = createEnd()
  const right = createEnd()
  return [channelOf(left, right), channelOf(right, left)]
}

type End = {
  readonly frames: Set<(frame: string) => void>
  readonly closings: Set<() => void>
  /** Frames that came before anybody listened. */
  early: string[]
  closed: boolean
}

function createEnd(): End {
  return { frames: new Set(), closings: new Set(), early: [], closed: false }
}

function channelOf(here: End, there: End): Channel {
  return {
    send: (frame) => {
      if (here.closed) throw new AppError('io', 'The connection is closed.')
      void Promise.resolve().then(() => receive(there, frame))
    },
    onFrame: (listener) => {
      here.frames.add(listener)
      for (const frame of here.early.splice(0)) listener(frame)
      return () => here.frames.delete(listener)
    },
    onClose: (listener) => {
      if (here.closed) listener()
      else here.closings.add(listener)
      return () => here.closings.delete(listener)
    },
    close: () => {
      shut(here)
      void Promise.resolve().then(() => shut(there)) // after the frames that were sent before
    },
  }
}

function receive(end: End, frame: string): void {
  if (end.closed) return
  if (end.frames.size === 0) end.early.push(frame)
  else for (const listener of end.frames) listener(frame)
}

function shut(end: End): void {
  if (end.closed) return
  end.closed = true
  const told = [...end.closings]
  end.closings.clear()
  for (const listener of told) listener()
}
