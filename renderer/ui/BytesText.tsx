import { useMemo } from 'react'
import type { ByteFinding, ByteRange, ByteWindow } from './byteWindow.ts'
import { CodeText } from './CodeText.tsx'
import { placeFindings } from './placeFindings.ts'
import { lineAtOffset, placeRanges } from './placeRanges.ts'

export type BytesTextProps = {
  readonly label: string
  readonly bytes: ByteWindow
  readonly findings: readonly ByteFinding[]
  readonly ranges: readonly ByteRange[]
  readonly chosen: string | null
  readonly lookedAt: number | null
  /** Without what nobody may read over a shoulder; one function as long as that stays so. */
  readonly masked: (text: string) => string
  readonly onLookAt: (range: ByteRange) => void
}

/** The bytes as text: lines with what is found in them, and the very parts that are damaged. */
export function BytesText(props: BytesTextProps) {
  const { label, bytes, findings, ranges, chosen, lookedAt, masked, onLookAt } = props
  const text = useMemo(() => masked(bytes.text), [masked, bytes.text])
  const { firstLine, marks, firstMarked } = placeFindings(bytes, findings)
  const first = firstLine ?? 1
  const placed = useMemo(() => placeRanges(bytes, ranges), [bytes, ranges])
  const shown = useMemo(() => unmasked(placed, bytes.text, text), [placed, bytes.text, text])
  const looked = lookedAt === null ? null : lineAtOffset(bytes, lookedAt)
  const goes = ranges.find(({ kind }) => kind === 'goes')
  const goesFrom =
    goes === undefined ? null : lineAtOffset(bytes, Math.max(goes.offset, bytes.offset))
  return (
    <CodeText
      label={label}
      text={text}
      firstLine={firstLine}
      marks={marks}
      ranges={shown.map(({ range, line, start, end }) => ({
        line: line + first,
        start,
        end,
        kind: range.kind === 'goes' ? 'broken' : range.kind,
        title: range.sentence,
        isChosen:
          lookedAt === null
            ? range.fix !== null && range.fix === chosen
            : range.offset === lookedAt,
        onChoose: () => onLookAt(range),
      }))}
      goesFrom={goesFrom === null ? null : goesFrom + first}
      showLine={looked === null ? firstMarked : looked + first}
      wrap
    />
  )
}

/** In a line in which a secret is masked the columns are others: there the line itself is the mark. */
function unmasked<Placed extends { readonly line: number }>(
  placed: readonly Placed[],
  before: string,
  after: string,
): readonly Placed[] {
  if (before === after) return placed
  const [then, now] = [before.split('\n'), after.split('\n')]
  return placed.filter(({ line }) => then[line] === now[line])
}
