import type { DiffPiece } from './wordDiff.ts'
import styles from './DiffRow.module.css'

export type DiffValueProps = {
  readonly side: 'before' | 'after'
  readonly pieces: readonly DiffPiece[] | null
}

/** One side of a change; its sign says which side it is, also without colour. */
export function DiffValue({ side, pieces }: DiffValueProps) {
  return (
    <pre
      className={styles.value}
      data-side={side}
      data-absent={pieces === null}
      aria-label={side}
      // What may scroll must be reachable by keyboard.
      {...(isTall(pieces) ? { role: 'group', tabIndex: 0 } : {})}
    >
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

/** Whether it may be higher than it is let be, also in a narrow column. */
function isTall(pieces: readonly DiffPiece[] | null): boolean {
  const text = (pieces ?? []).map((piece) => piece.text).join('')
  return text.length > 300 || text.split('\n').length > 12
}
