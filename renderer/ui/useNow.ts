import { useSyncExternalStore } from 'react'

/** The current time in milliseconds, renewed every `intervalMs`. Zero: never renewed. */
export function useNow(intervalMs: number): number {
  // Rounded, so that the snapshot is the same for the whole of one interval.
  const now = (): number => roundDown(Date.now(), intervalMs)
  return useSyncExternalStore(
    (notify) => {
      if (intervalMs === 0) return () => undefined
      const timer = setInterval(notify, intervalMs)
      return () => clearInterval(timer)
    },
    now,
    now,
  )
}

function roundDown(value: number, step: number): number {
  return step === 0 ? 0 : Math.floor(value / step) * step
}
