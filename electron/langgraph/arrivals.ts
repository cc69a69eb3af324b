/** Work that waits for a checkpoint. */
export type Arrivals = {
  /** Does the work the moment the checkpoint is there, in the order of the calls; at the latest after a while. */
  behind(point: readonly string[], work: () => Promise<void>): Promise<void>
  arrived(point: readonly string[]): void
  /** Nothing waits any longer. */
  letAllGo(): void
}

export function createArrivals(longestMs: number): Arrivals {
  const waiting = new Map<string, Set<() => void>>()
  return {
    async behind(point, work) {
      const key = JSON.stringify(point)
      await new Promise<void>((go) => {
        const others = waiting.get(key) ?? new Set()
        waiting.set(key, others.add(go))
        setTimeout(go, longestMs).unref()
      })
      waiting.delete(key)
      await work()
    },
    arrived: (point) => {
      for (const go of waiting.get(JSON.stringify(point)) ?? []) go()
    },
    letAllGo: () => {
      for (const all of waiting.values()) for (const go of all) go()
    },
  }
}
