/** Calls back once after a time of any length; the returned function forgets it. */
export function after(ms: number, callback: () => void): () => void {
  let timer: NodeJS.Timeout
  let leftMs = Math.max(0, ms)
  wait()
  return () => clearTimeout(timer)

  function wait(): void {
    const partMs = Math.min(leftMs, longestTimerMs)
    leftMs -= partMs
    timer = setTimeout(() => (leftMs > 0 ? wait() : callback()), partMs)
  }
}

// A longer timer of Node fires at once.
const longestTimerMs = 2 ** 31 - 1
