import type { Channel } from './channel.ts'

/** What the preload script shows to the page, and nothing else. */
export type Bridge = {
  readonly send: (frame: string) => void
  /** Returns the unsubscribe function. */
  readonly onFrame: (listener: (frame: string) => void) => () => void
}

/** The page's end of the pipe to its own main process. It lives as long as the page does, so only `close` closes it. */
export function bridgeChannel(bridge: Bridge): Channel {
  const closings = new Set<() => void>()
  const stops = new Set<() => void>()
  let closed = false
  return {
    send: (frame) => bridge.send(frame),
    onFrame: (listener) => {
      const stop = bridge.onFrame(listener)
      stops.add(stop)
      return stop
    },
    onClose: (listener) => {
      if (closed) listener()
      else closings.add(listener)
      return () => closings.delete(listener)
    },
    close: () => {
      if (closed) return
      closed = true
      for (const stop of stops) stop()
      for (const listener of closings) listener()
    },
  }
}
