import { useMemo } from 'react'
import { Badge } from './Badge.tsx'
import { CopyButton } from './CopyButton.tsx'
import { readableValue } from './readableValue.ts'
import { StatusWord } from './StatusWord.tsx'
import { wordDiff, type DiffPiece } from './wordDiff.ts'
import styles from './DiffRows.module.css'

export type DiffLayout = 'side' | 'inline'

/** A difference with its values as JSON text. */
export type ShownChange = {
  readonly kind: 'added' | 'removed' | 'changed' | 'moved'
  readonly path: string
  readonly from: string | null
  readonly before: string | null
  readonly after: string | null
  readonly truncated: boolean
}

export type DiffRowProps = { readonly change: ShownChange; readonly layout: DiffLayout }

export function DiffRow({ change, layout }: DiffRowProps) {
  const { kind, path, from, before, after, truncated } = change
  const { left, right } = useMemo(() => sidesOf(before, after), [before, after])
  return (
    <article className={styles.change} data-kind={kind}>
      <header className={styles.head}>
        <StatusWord status={kind} size="s" />
        <code className={styles.path}>{path === '' ? '(everything)' : path}</code>
        {from !== null && (
          <span className={styles.from}>
            from <code>{from}</code>
          </span>
        )}
        {truncated && <Badge tone="warn">values cut at 8 KiB</Badge>}
        <span className={styles.tools}>
          <CopyButton text={path} what="path" />
        </span>
      </header>
      {kind !== 'moved' && (
        <div className={styles.values} data-layout={layout}>
          {(layout === 'side' || before !== null) && <Value side="before" pieces={left} />}
          {(layout === 'side' || after !== null) && <Value side="after" pieces={right} />}
        </div>
      )}
    </article>
  )
}

type ValueProps = {
  readonly side: 'before' | 'after'
  readonly pieces: readonly DiffPiece[] | null
}

function Value({ side, pieces }: ValueProps) {
  return (
    <pre className={styles.value} data-side={side} aria-label={side}>
      {pieces === null ? (
        <span className={styles.absent}>not there</span>
      ) : (
        pieces.map((piece, index) =>
          piece.isChanged ? (
            // oxlint-disable-next-line react/no-array-index-key -- pieces have no identity but their place
            <mark key={index}>{piece.text}</mark>
          ) : (
            piece.text
          ),
        )
      )}
    </pre>
  )
}

type Sides = {
  readonly left: readonly DiffPiece[] | null
  readonly right: readonly DiffPiece[] | null
}

/** Words are marked where both sides exist and have something in common; else the sides speak for themselves. */
function sidesOf(before: string | null, after: string | null): Sides {
  const left = before === null ? null : readableValue(before)
  const right = after === null ? null : readableValue(after)
  if (left === null || right === null) return { left: whole(left), right: whole(right) }
  const words = wordDiff(left, right)
  if (!words.before.some(isCommonWord)) return { left: whole(left), right: whole(right) }
  return { left: words.before, right: words.after }
}

function isCommonWord({ text, isChanged }: DiffPiece): boolean {
  return !isChanged && text.trim() !== ''
}

function whole(text: string | null): readonly DiffPiece[] | null {
  return text === null ? null : [{ text, isChanged: false }]
}
