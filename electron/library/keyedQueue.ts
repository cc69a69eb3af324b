/** Runs pieces of work of the same key one after another, in the order in which they were handed in. */
export function createKeyedQueue(): <R>(key: string, work: () => Promise<R>) => Promise<R> {
  const last = new Map<string, Promise<unknown>>()
  return async (key, work) => {
    const result = (last.get(key) ?? Promise.resolve()).then(work)
    // Whoever handed the work in gets its failure; the next one only waits for its end.
    const ended = Promise.allSettled([result])
    last.set(key, ended)
    try {
      return await result
    } finally {
      if (last.get(key) === ended) last.delete(key)
    }
  }
}
