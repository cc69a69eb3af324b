const leastRestMs = 500

/**
 * For what changes elsewhere, however often: the work begins at once, and again when it has rested for as long as it
 * took, at least half a second. While runs are carried, no screen takes more than half of the host's time for itself.
 */
export function paced(work: () => Promise<void>): () => void {
  let isUnderWay = false
  let isAskedAgain = false
  const goOn = async () => {
    do {
      isAskedAgain = false
      const startMs = performance.now()
      await work()
      await rest(Math.max(leastRestMs, performance.now() - startMs))
    } while (isAskedAgain)
  }
  return () => {
    isAskedAgain = true
    if (isUnderWay) return
    isUnderWay = true
    void goOn().finally(() => {
      isUnderWay = false
    })
  }
}

function rest(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms)
  })
}
