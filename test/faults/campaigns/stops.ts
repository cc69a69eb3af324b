// Measures for how long a thread stands still by its own doing.
import { readFileSync } from 'node:fs'

/**
 * Watches this thread; the returned function ends that and returns the longest stop in ms. Where the system tells it (Linux),
 * the time for which other programs had the processor is left out: on a busy machine it is longer than any stop of ours.
 */
export function watchStops(): () => number {
  let longestMs = 0
  let last = look()
  const timer = setInterval(() => {
    const now = look()
    longestMs = Math.max(longestMs, now.ownMs - last.ownMs - intervalMs)
    last = now
  }, intervalMs)
  return () => {
    clearInterval(timer)
    return Math.max(longestMs, look().ownMs - last.ownMs - intervalMs)
  }
}

const intervalMs = 2

function look(): { readonly ownMs: number } {
  return { ownMs: performance.now() - waitedMs() }
}

/** For how long this thread waited for a processor in its life. */
function waitedMs(): number {
  if (process.platform !== 'linux') return 0
  const [, waitedNs] = readFileSync('/proc/thread-self/schedstat', 'latin1').split(' ')
  return Number(waitedNs) / 1e6
}
