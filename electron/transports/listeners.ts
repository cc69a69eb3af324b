export type Listeners<V> = {
  /** Returns the unsubscribe function. */
  readonly add: (listener: (value: V) => void) => () => void
  readonly tell: (value: V) => void
  readonly clear: () => void
}

export function createListeners<V>(): Listeners<V> {
  const listeners = new Set<(value: V) => void>()
  return {
    add: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    tell: (value) => {
      for (const listener of listeners) listener(value)
    },
    clear: () => listeners.clear(),
  }
}
