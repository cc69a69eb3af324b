// Measures for how long a thread stands still by its own doing.
import { costOf, since } from '../../processorTime.ts'

/**
 * Watches this thread; the returned function ends that and returns the longest stop in ms of processor time: for how long others
 * have the processors, and how slow a disk is, does not count.
 */
export function watchStops(): () => number {
  let longestMs = 0
  let last = process.threadCpuUsage()
  const look = (): void => {
    longestMs = Math.max(longestMs, since(last) / 1000)
    last = process.threadCpuUsage()
  }
  const timer = setInterval(look, intervalMs)
  return () => {
    clearInterval(timer)
    look()
    return longestMs
  }
}

const intervalMs = 2

/** By how much this machine is slower than one that reads 80 MB of JSON a second; 1 where it is not. */
export function machineSlowness(): number {
  const rows = Array.from({ length: 60_000 }, (_, id) => ({ id, step: `step-${id}` }))
  const text = JSON.stringify(rows)
  const perSecond = text.length / costOf(() => JSON.parse(text))
  return Math.max(1, 80 / perSecond)
}
