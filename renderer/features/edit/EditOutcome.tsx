import { assertNever } from '../../../shared/assert.ts'
import type { EditWork } from '../../state/editStore.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'

export type EditOutcomeProps = {
  readonly work: EditWork
  readonly onUndo: () => void
  readonly onResume: () => void
}

/** What was done, as it was read back. */
export function EditOutcome({ work, onUndo, onResume }: EditOutcomeProps) {
  switch (work.kind) {
    case 'idle':
    case 'requested':
      return null
    case 'failed':
      return <ErrorPanel error={work.error} />
    case 'applied':
      return (
        <Banner
          tone={work.isObserved ? 'good' : 'warn'}
          icon={work.isObserved ? 'checkCircle' : 'alert'}
          actions={
            <>
              <Button size="s" icon="undo" onClick={onUndo}>
                Undo
              </Button>
              <Button size="s" icon="play" onClick={onResume}>
                Resume…
              </Button>
            </>
          }
        >
          {work.isObserved
            ? `Edited and read back: record ${work.seq} of the history.`
            : `Record ${work.seq} was written, and the run does not read back as it was shown. Look at it.`}
        </Banner>
      )
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
