import { doneRows } from '../../state/takeBack.ts'
import type { BatchWork } from '../../state/planning.ts'
import { Button } from '../../ui/Button.tsx'
import { formatBytes } from '../../ui/formatBytes.ts'
import { BatchView } from '../../ui/BatchView.tsx'

export type CleanupOutcomeProps = {
  /** What is moved; left out: runs. */
  readonly what?: 'runs' | 'files'
  readonly work: BatchWork
  readonly undo: BatchWork
  readonly onCancel: () => void
  readonly onUndo: () => void
}

/** What the last clean-up did, and what its undo did. */
export function CleanupOutcome(props: CleanupOutcomeProps) {
  const { what = 'runs', work, undo, onCancel, onUndo } = props
  const done = doneRows(work).length
  if (undo.kind !== 'idle')
    return (
      <BatchView
        title="Undo"
        verb={`Bringing ${what} back`}
        work={undo}
        sentence={`Brought back: ${doneRows(undo).length.toLocaleString('en')}.`}
        onCancel={onCancel}
      />
    )
  return (
    <BatchView
      title="Last clean-up"
      verb={`Cleaning up ${what}`}
      work={work}
      sentence={sentenceOf(work, done)}
      onCancel={onCancel}
      actions={
        done > 0 && (
          <Button size="s" icon="undo" onClick={onUndo}>
            Undo
          </Button>
        )
      }
    />
  )
}

function sentenceOf(work: BatchWork, done: number): string {
  if (work.kind !== 'finished') return ''
  const { rows, freedBytes, total = rows.length } = work
  const left = total - rows.length
  const notReached =
    left > 0 ? ` Cancelled before ${left.toLocaleString('en')} more were reached.` : ''
  return `Cleaned up: ${done.toLocaleString('en')} (${formatBytes(freedBytes ?? 0)}).${notReached}`
}
