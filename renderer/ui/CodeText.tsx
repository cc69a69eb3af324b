import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useMemo, useRef } from 'react'
import { CodeLine, type CodeMark, type MendedLine } from './CodeLine.tsx'
import type { CodeRange } from './CodeRangeMark.tsx'
import { parseAnsi, type AnsiSegment } from './parseAnsi.ts'
import styles from './CodeText.module.css'

export type CodeTextProps = {
  readonly label: string
  readonly text: string
  /** Number of the first line; null shows no numbers. */
  readonly firstLine?: number | null
  /** Colours of a terminal are shown instead of their codes. */
  readonly ansi?: boolean
  /** Lines are counted and not numbered: the text has its own numbers. */
  readonly numbers?: boolean
  readonly marks?: readonly CodeMark[]
  /** Parts of lines that are pointed at; not in text of a terminal. */
  readonly ranges?: readonly CodeRange[]
  /** From this line on (counted as shown) the text is told to go. */
  readonly goesFrom?: number | null
  /** By line (counted as shown) what was set right in it. */
  readonly mendedLines?: ReadonlyMap<number, MendedLine>
  /** Every place where this stands is highlighted. */
  readonly query?: string
  /** Long lines are continued below instead of running out to the side. */
  readonly wrap?: boolean
  /** Stays at the end when lines are added. */
  readonly follow?: boolean
  /** Told when somebody scrolls away from the end, or comes back to it. */
  readonly onEnd?: (isAtEnd: boolean) => void
  /** Brings this line (counted as shown) into view, and marks it. */
  readonly showLine?: number | null
}

/** Text as it is, in the fixed-width font, however long; only what is on the screen is drawn. */
export function CodeText(props: CodeTextProps) {
  const { label, text, firstLine = 1, ansi = false, numbers = true, marks = [] } = props
  const { ranges = [], goesFrom = null, mendedLines } = props
  const { query = '', wrap = false, follow = false, showLine = null, onEnd } = props
  const scroller = useRef<HTMLDivElement>(null)
  const scrolledTo = useRef(0)
  const lines = useMemo(() => linesOf(text, ansi), [text, ansi])
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 18,
    overscan: 20,
  })
  const count = lines.length
  useEffect(() => {
    if (follow && count > 0) virtual.scrollToIndex(count - 1, { align: 'end' })
  }, [follow, count, text.length, virtual])
  useEffect(() => {
    if (showLine !== null) virtual.scrollToIndex(showLine - (firstLine ?? 1), { align: 'center' })
  }, [showLine, firstLine, virtual])

  const digits = String((firstLine ?? 0) + count).length
  return (
    // A scrolling region must be reachable by keyboard.
    <section
      ref={scroller}
      className={styles.scroller}
      aria-label={label}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        const isAtEnd = scrollHeight - scrollTop - clientHeight < nearEndPx
        // Lines that are measured move what is shown; only somebody who scrolls goes up.
        if (isAtEnd || scrollTop < scrolledTo.current - nearEndPx) onEnd?.(isAtEnd)
        scrolledTo.current = scrollTop
      }}
    >
      <div className={styles.lines} style={{ blockSize: virtual.getTotalSize() }}>
        <div
          className={styles.window}
          style={{ insetBlockStart: virtual.getVirtualItems()[0]?.start ?? 0 }}
        >
          {virtual.getVirtualItems().map((item) => {
            const number = firstLine === null || !numbers ? null : item.index + firstLine
            return (
              <div key={item.key} data-index={item.index} ref={virtual.measureElement}>
                <CodeLine
                  number={number}
                  digits={digits}
                  segments={lines[item.index] ?? []}
                  marks={marks.filter((mark) => mark.line === item.index + (firstLine ?? 1))}
                  ranges={ranges.filter(({ line }) => line === item.index + (firstLine ?? 1))}
                  goes={goesFrom !== null && item.index + (firstLine ?? 1) >= goesFrom}
                  mended={mendedLines?.get(item.index + (firstLine ?? 1))}
                  query={query}
                  wrap={wrap}
                  isShown={showLine !== null && showLine === item.index + (firstLine ?? 1)}
                />
              </div>
            )
          })}
        </div>
      </div>
    </section>
  )
}

const nearEndPx = 24

/** The end of the last line is no line of its own. */
function linesOf(text: string, ansi: boolean) {
  const whole = text.endsWith('\n') ? text.slice(0, -1) : text
  return ansi ? parseAnsi(whole) : plainLines(whole)
}

function plainLines(text: string): readonly (readonly AnsiSegment[])[] {
  return text
    .split('\n')
    .map((line) => [
      { text: line, colour: null, ground: null, isBold: false, isDim: false, isUnderlined: false },
    ])
}
