/** Runs one piece of work after another, in the order in which they were handed in: at once when there is none before. */
export function createQueue(): <R>(work: () => Promise<R>) => Promise<R> {
  let last: Promise<void> = Promise.resolve()
  let waiting = 0
  const ended = (): void => {
    waiting -= 1
  }
  return (work) => {
    const result = waiting === 0 ? work() : last.then(work)
    waiting += 1
    // Whoever handed the work in gets its failure; the next one only waits for its end.
    last = result.then(ended, ended)
    return result
  }
}
