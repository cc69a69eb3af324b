import { useMemo, type ReactNode } from 'react'
import { Badge } from './Badge.tsx'
import type { ShownChange } from './diffLine.ts'
import { DiffValue } from './DiffValue.tsx'
import { PathText } from './PathText.tsx'
import { readableValue } from './readableValue.ts'
import { StatusWord } from './StatusWord.tsx'
import { wordDiff, type DiffPiece } from './wordDiff.ts'
import styles from './DiffRow.module.css'

export type DiffLayout = 'side' | 'inline'

export type DiffRowProps = {
  readonly change: ShownChange
  readonly layout: DiffLayout
  /** What can be done with it; null keeps the room for it. */
  readonly tools?: ReactNode
}

/** One change: short values stand in the line of their path, long ones below it. */
export function DiffRow({ change, layout, tools }: DiffRowProps) {
  const { kind, path, from, before, after, truncated, note } = change
  const { left, right } = useMemo(() => sidesOf(before, after), [before, after])
  const isLong = [left, right].some((pieces) => lengthOf(pieces) > shortCharacters)
  return (
    <article className={styles.change} data-kind={kind} data-long={isLong} data-layout={layout}>
      <header className={styles.head}>
        <span className={styles.kind}>
          <StatusWord status={kind} size="s" />
        </span>
        <PathText path={path} />
        {note !== undefined && <span className={styles.note}>{note}</span>}
        {truncated && <Badge tone="warn">cut at 8 KiB</Badge>}
      </header>
      {kind === 'moved' ? (
        <p className={styles.moved}>
          moved from <code>{placeOf(from ?? '')}</code> to <code>{placeOf(path)}</code>
        </p>
      ) : (
        <div className={styles.values} data-layout={layout}>
          {(layout === 'side' || before !== null) && <DiffValue side="before" pieces={left} />}
          {(layout === 'side' || after !== null) && <DiffValue side="after" pieces={right} />}
        </div>
      )}
      {tools !== undefined && <span className={styles.tools}>{tools}</span>}
      {kind === 'changed' && from !== null && (
        <p className={styles.from}>
          before at <code>{from}</code>
        </p>
      )}
    </article>
  )
}

/** `/order/items/3` as `items[3]`. */
function placeOf(path: string): string {
  const [list = '', index = ''] = path.split('/').slice(-2)
  return `${list}[${index}]`
}

/** Longer ones, and those of several lines, get lines of their own. */
const shortCharacters = 72

function lengthOf(pieces: readonly DiffPiece[] | null): number {
  const text = (pieces ?? []).map((piece) => piece.text).join('')
  return text.includes('\n') ? Infinity : text.length
}

type Sides = {
  readonly left: readonly DiffPiece[] | null
  readonly right: readonly DiffPiece[] | null
}

/** Words are marked where both sides exist and have something in common; else the sides speak for themselves. */
function sidesOf(before: string | null, after: string | null): Sides {
  const left = before === null ? null : readableValue(before)
  const right = after === null ? null : readableValue(after)
  if (left === null || right === null || isContainer(left) !== isContainer(right))
    return { left: whole(left), right: whole(right) }
  const words = wordDiff(left, right)
  if (!words.before.some(isCommonWord)) return { left: whole(left), right: whole(right) }
  return { left: words.before, right: words.after }
}

/** A scalar and what holds values have no words in common that mean anything. */
function isContainer(text: string): boolean {
  return text.startsWith('{') || text.startsWith('[')
}

function isCommonWord({ text, isChanged }: DiffPiece): boolean {
  return !isChanged && /[\p{L}\p{N}]/u.test(text)
}

function whole(text: string | null): readonly DiffPiece[] | null {
  return text === null ? null : [{ text, isChanged: false }]
}
