import { doneResults, type BatchWork } from '../../state/planning.ts'
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
  const moved = doneResults(work)
  const freed = work.kind === 'finished' && work.freedBytes !== null ? work.freedBytes : 0
  if (undo.kind !== 'idle')
    return (
      <BatchView
        title="Undo"
        verb={`Restoring ${what}`}
        work={undo}
        sentence={`Restored from the trash: ${doneCount(undo)}.`}
        onCancel={onCancel}
      />
    )
  return (
    <BatchView
      title="Last clean-up"
      verb={`Moving ${what} to the trash`}
      work={work}
      sentence={`Moved to the trash: ${moved.length} (${formatBytes(freed)}).`}
      onCancel={onCancel}
      actions={
        moved.length > 0 && (
          <Button size="s" icon="undo" onClick={onUndo}>
            Undo
          </Button>
        )
      }
    />
  )
}

function doneCount(work: BatchWork): number {
  return work.kind === 'finished' ? work.rows.filter((row) => row.outcome === 'done').length : 0
}
