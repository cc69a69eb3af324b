const leastRestMs = 500

/**
 * For what changes elsewhere, however often: the work begins at once, and again when it has rested for as long as it
 * took, at least half a second. While runs are carried, no screen takes more than half of the host's time for itself.
 */
export function paced(work: () => Promise<void>): () => void {
  let isUnderWay = false
  let isAskedAgain = false
  const goOn = async () => {
    isUnderWay = true
    try {
      do {
        isAskedAgain = false
        const startMs = performance.now()
        await work()
        await rest(Math.max(leastRestMs, performance.now() - startMs))
      } while (isAskedAgain)
    } finally {
      isUnderWay = false
    }
  }
  return () => {
    isAskedAgain = true
    if (!isUnderWay) void goOn()
  }
}

function rest(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms)
  })
}
