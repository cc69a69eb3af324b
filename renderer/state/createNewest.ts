/**
 * Does one at a time; asked again meanwhile, what is under way is cancelled and done once more when it has ended, however
 * often it was asked.
 */
export function createNewest(work: (signal: AbortSignal) => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null
  let isAskedAgain = false
  let cancelling = new AbortController()
  const loop = async () => {
    do {
      isAskedAgain = false
      cancelling = new AbortController()
      await work(cancelling.signal)
    } while (isAskedAgain)
    running = null
  }
  return () => {
    if (running === null) running = loop()
    else {
      isAskedAgain = true
      cancelling.abort()
    }
    return running
  }
}
