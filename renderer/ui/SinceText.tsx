import { useContext } from 'react'
import { TimeModeContext, TimeText } from './TimeText.tsx'

export type SinceTextProps = { readonly at: string }

/** [L271] A moment behind “since”: “since 2 h ago” is no English, and an age told twice on a screen would count apart. */
export function SinceText({ at }: SinceTextProps) {
  const mode = useContext(TimeModeContext)
  return <TimeText at={at} mode={mode === 'relative' ? 'local' : mode} />
}
