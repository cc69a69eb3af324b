import { useMemo } from 'react'
import { CodeLine } from './CodeLine.tsx'
import { parseAnsi } from './parseAnsi.ts'
import styles from './CodeText.module.css'
import own from './LogLines.module.css'

export type LogLinesProps = {
  readonly label: string
  readonly lines: readonly string[]
}

/** A few lines of a log, with a terminal's colours. What does not fit is scrolled; its end is shown first. */
export function LogLines({ label, lines }: LogLinesProps) {
  const parsed = useMemo(() => parseAnsi(lines.join('\n')), [lines])
  return (
    // A scrolling region must be reachable by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className={own.lines} aria-label={label} tabIndex={0}>
      <div className={styles.lines}>
        {parsed.map((segments, index) => (
          <CodeLine
            // oxlint-disable-next-line react/no-array-index-key -- lines have no identity but their place
            key={index}
            number={null}
            digits={0}
            segments={segments}
            marks={[]}
            query=""
            wrap
          />
        ))}
      </div>
    </section>
  )
}
