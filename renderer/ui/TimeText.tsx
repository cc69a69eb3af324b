import { createContext, useContext } from 'react'
import { formatTime, type TimeMode } from './formatTime.ts'
import { useNow } from './useNow.ts'

/** How every time of the screen is written; the shell provides what the user chose. */
export const TimeModeContext = createContext<TimeMode>('relative')

export type TimeTextProps = {
  readonly at: string | null
  /** Overrides what the user chose. */
  readonly mode?: TimeMode
}

export function TimeText({ at, mode }: TimeTextProps) {
  const chosen = useContext(TimeModeContext)
  const effective = mode ?? chosen
  const now = useAgeNow(effective === 'relative' ? at : null)
  if (at === null) return <span aria-label="none">–</span>
  return (
    <time dateTime={at} title={at}>
      {formatTime(at, effective, now)}
    </time>
  )
}

/** Told in seconds it goes on every second, beside others on the screen that do; later every few are enough. */
function useAgeNow(at: string | null): number {
  const seldom = useNow(at === null ? 0 : 5000)
  const isYoung = at !== null && Math.abs(seldom - Date.parse(at)) < 60_000
  const often = useNow(isYoung ? 1000 : 0)
  return isYoung ? often : seldom
}
