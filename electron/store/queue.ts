/** Runs one piece of work after another, in the order in which they were handed in. */
export function createQueue(): <R>(work: () => Promise<R>) => Promise<R> {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const result = last.then(work)
    // Whoever handed the work in gets its failure; the next one only waits for its end.
    last = Promise.allSettled([result])
    return result
  }
}
