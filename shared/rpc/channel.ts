/** Anything that carries frames, each a JSON text, in order and whole. */
export type Channel = {
  /** Throws `io` once the channel is closed. */
  readonly send: (frame: string) => void
  /** Returns the unsubscribe function. */
  readonly onFrame: (listener: (frame: string) => void) => () => void
  /** Called once; at once when the channel is closed already. Returns the unsubscribe function. */
  readonly onClose: (listener: () => void) => () => void
  readonly close: () => void
  /** Set where the other end may be slower than this one: events are held back and merged while it is congested. */
  readonly pressure?: Pressure
}

export type Pressure = {
  readonly isCongested: () => boolean
  /** So much waits to be read that no call should add to it. */
  readonly isFull?: () => boolean
  /** Called each time the congestion is over. Returns the unsubscribe function. */
  readonly onDrain: (listener: () => void) => () => void
}
