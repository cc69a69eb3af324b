import { assertNever } from '../../../shared/assert.ts'
import type { EditWork, NextStep } from '../../state/editStore.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'

export type EditOutcomeProps = {
  readonly work: EditWork
  readonly onUndo: () => void
  readonly onNext: (next: NextStep) => void
}

const forkWords =
  'The run is completed, so none of its steps runs again. A fork does them anew from a checkpoint, as the run was then; its inputs can be taken as they are now.'

/** What was done, as it was read back. */
export function EditOutcome({ work, onUndo, onNext }: EditOutcomeProps) {
  switch (work.kind) {
    case 'idle':
    case 'requested':
      return null
    case 'failed':
      return <ErrorPanel error={work.error} />
    case 'applied': {
      const { next } = work
      return (
        <Banner
          tone={work.isObserved ? 'good' : 'warn'}
          icon={work.isObserved ? 'checkCircle' : 'alert'}
          actions={
            <>
              <Button size="s" icon="undo" onClick={onUndo}>
                Undo
              </Button>
              {next !== null && (
                <Button size="s" icon="play" onClick={() => onNext(next)}>
                  {next.kind === 'fork' ? 'Fork…' : 'Resume…'}
                </Button>
              )}
            </>
          }
        >
          {work.isObserved
            ? `Edited and read back: record ${work.seq} of the history.`
            : `Record ${work.seq} was written, and the run does not read back as it was shown. Look at it.`}
          {next?.kind === 'fork' && ` ${forkWords}`}
        </Banner>
      )
    }
    case 'undone':
      return (
        <Banner tone={work.isObserved ? 'busy' : 'warn'} icon="undo">
          {work.isObserved
            ? `Undone and read back: the run is as it was before record ${work.seq}.`
            : 'The undo was written, and the run does not read back so. Look at it.'}
        </Banner>
      )
    default:
      return assertNever(work)
  }
}
