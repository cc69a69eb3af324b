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
  const now = useNow(effective === 'relative' ? 5000 : 0)
  if (at === null) return <span aria-label="none">–</span>
  return (
    <time dateTime={at} title={at}>
      {formatTime(at, effective, now)}
    </time>
  )
}
