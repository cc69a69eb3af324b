export type Interrupts = {
  /** Aborted by Ctrl-C while nobody has taken it. */
  readonly signal: AbortSignal
  /** From here on Ctrl-C calls the listener. Returns the function that gives it back. */
  readonly take: (listener: () => void) => () => void
  readonly close: () => void
}

export function createInterrupts(subscribe: (listener: () => void) => () => void): Interrupts {
  const controller = new AbortController()
  const takers: (() => void)[] = []
  const close = subscribe(() => {
    const taker = takers.at(-1)
    if (taker) taker()
    else controller.abort()
  })
  return { signal: controller.signal, take, close }

  function take(listener: () => void): () => void {
    const taker = (): void => listener()
    takers.push(taker)
    return () => void takers.splice(takers.indexOf(taker), 1)
  }
}
