/** Does something again and again; returns what stops it. Handed to stores, so that they know no timers. */
export type Every = (intervalMs: number, action: () => void) => () => void

export const everyInterval: Every = (intervalMs, action) => {
  const timer = setInterval(action, intervalMs)
  return () => clearInterval(timer)
}

/** For stores that are told of every change. */
export const never: Every = () => () => undefined
