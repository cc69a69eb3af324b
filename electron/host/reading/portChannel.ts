import { AppError } from '../../../shared/errors.ts'
import type { Channel } from '../../../shared/rpc/channel.ts'

/** The part of a `Worker` and of a `MessagePort` that carries messages. */
export type Port = {
  readonly postMessage: (message: unknown) => void
  readonly on: (event: 'message', listener: (message: unknown) => void) => unknown
  readonly off: (event: 'message', listener: (message: unknown) => void) => unknown
}

/** Frames on a port between threads: they are its strings, and other messages are not its matter. */
export function portChannel(port: Port): Channel {
  const closings = new Set<() => void>()
  const stops = new Set<() => void>()
  let isClosed = false
  return {
    send: (frame) => {
      if (isClosed) throw new AppError('io', 'The other thread has ended.')
      port.postMessage(frame)
    },
    onFrame: (listener) => {
      const onMessage = (message: unknown): void => {
        if (typeof message === 'string') listener(message)
      }
      port.on('message', onMessage)
      const stop = (): void => {
        stops.delete(stop)
        port.off('message', onMessage)
      }
      stops.add(stop)
      return stop
    },
    onClose: (listener) => {
      if (isClosed) listener()
      else closings.add(listener)
      return () => closings.delete(listener)
    },
    close: () => {
      if (isClosed) return
      isClosed = true
      for (const stop of stops) stop()
      for (const listener of closings) listener()
    },
  }
}
