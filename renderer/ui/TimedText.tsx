import { useContext } from 'react'
import { splitTimes } from './splitTimes.ts'
import { TimeModeContext, TimeText } from './TimeText.tsx'

export type TimedTextProps = {
  readonly text: string
  /** What stands before it. */
  readonly label?: string
}

/** A sentence with its moments written as times are chosen to be; among words none is relative: “at 2 h ago” is no English. */
export function TimedText({ text, label = '' }: TimedTextProps) {
  const chosen = useContext(TimeModeContext)
  const parts = splitTimes(text)
  const isWithin = parts.length > 1 || /\bsince$/i.test(label) // [L271]
  const mode = chosen === 'relative' && isWithin ? 'local' : chosen
  return (
    <>
      {parts.map((part) =>
        part.kind === 'time' ? <TimeText key={part.at} at={part.text} mode={mode} /> : part.text,
      )}
    </>
  )
}
