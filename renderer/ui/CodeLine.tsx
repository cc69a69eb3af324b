import { useState } from 'react'
import { CodeRangeMark, type CodeRange } from './CodeRangeMark.tsx'
import { Icon } from './Icon.tsx'
import { splitMatches } from './splitMatches.ts'
import { splitRanges } from './splitRanges.ts'
import { statusLook } from './statusLooks.ts'
import type { AnsiSegment } from './parseAnsi.ts'
import styles from './CodeText.module.css'

/** Something to say about a line, in the numbers that are shown. */
export type CodeMark = {
  readonly line: number
  readonly severity: 'error' | 'warning' | 'info'
  readonly text: string
}

/** Something was set right in this line. */
export type MendedLine = { readonly title: string; readonly onChoose: () => void }

export type CodeLineProps = {
  readonly number: number | null
  readonly digits: number
  readonly segments: readonly AnsiSegment[]
  readonly marks: readonly CodeMark[]
  readonly ranges?: readonly CodeRange[]
  readonly mended?: MendedLine | undefined
  /** It is not taken over. */
  readonly goes?: boolean
  readonly query: string
  readonly wrap: boolean
  /** Somebody was brought to this line. */
  readonly isShown?: boolean
}

const none: readonly CodeRange[] = []

/** A line of megabytes would stop the page: it is shown step by step. */
const shownAtFirst = 4000
const shownMore = 40_000
/** What is pointed at is not hidden, but for this. */
const mostAtFirst = 80_000

export function CodeLine(props: CodeLineProps) {
  const {
    number,
    digits,
    segments,
    marks,
    ranges = none,
    goes = false,
    mended,
    query,
    wrap,
    isShown = false,
  } = props
  const last = ranges.reduce((most, { end }) => Math.max(most, end), 0)
  const [limit, setLimit] = useState(Math.max(shownAtFirst, Math.min(last + 200, mostAtFirst)))
  const shown = cut(segments, limit)
  const hidden = length(segments) - length(shown)
  const [mark] = marks
  return (
    <>
      <div
        className={styles.line}
        data-tone={mark ? statusLook(mark.severity).tone : undefined}
        data-wrap={wrap}
        data-shown={isShown || undefined}
        data-goes={goes || undefined}
      >
        {number !== null && (
          <span className={styles.number} style={{ minInlineSize: `${digits + 2}ch` }}>
            {number}
          </span>
        )}
        {mended !== undefined && (
          <button
            type="button"
            tabIndex={-1}
            className={styles.mended}
            title={mended.title}
            aria-label={mended.title}
            onClick={mended.onChoose}
          />
        )}
        <span className={styles.text}>
          {shown.map((segment, index) => (
            <span
              // oxlint-disable-next-line react/no-array-index-key -- segments have no identity but their place
              key={index}
              data-colour={segment.colour ?? undefined}
              data-ground={segment.ground ?? undefined}
              data-bold={segment.isBold || undefined}
              data-dim={segment.isDim || undefined}
              data-underlined={segment.isUnderlined || undefined}
            >
              {splitRanges(segment.text, ranges).map(({ text, range }, place) =>
                range === null ? (
                  splitMatches(text, query).map((piece, at) =>
                    // oxlint-disable-next-line react/no-array-index-key -- as above
                    piece.isMatch ? <mark key={`${place} ${at}`}>{piece.text}</mark> : piece.text,
                  )
                ) : (
                  <CodeRangeMark key={`${range.start} ${range.kind}`} text={text} range={range} />
                ),
              )}
            </span>
          ))}
          {hidden > 0 && (
            <button
              type="button"
              className={styles.cut}
              onClick={() => setLimit(limit + shownMore)}
            >
              … {hidden.toLocaleString('en')} characters more
            </button>
          )}
        </span>
      </div>
      {marks.map((note) => (
        <div key={note.text} className={styles.note} data-tone={statusLook(note.severity).tone}>
          <Icon name={statusLook(note.severity).icon} size={12} />
          {note.text}
        </div>
      ))}
    </>
  )
}

function length(segments: readonly AnsiSegment[]): number {
  return segments.reduce((sum, segment) => sum + segment.text.length, 0)
}

function cut(segments: readonly AnsiSegment[], limit: number): readonly AnsiSegment[] {
  let left = limit
  return segments.flatMap((segment) => {
    const text = segment.text.slice(0, left)
    left -= text.length
    return text === '' ? [] : [{ ...segment, text }]
  })
}
