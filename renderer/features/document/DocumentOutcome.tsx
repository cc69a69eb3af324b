import { assertNever } from '../../../shared/assert.ts'
import type { DocumentDone } from '../../state/documentStore.ts'
import type { PlanWork } from '../../state/planStore.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'

export type DocumentOutcomeProps = {
  readonly work: PlanWork<DocumentDone>
  readonly onUndo: (backup: string) => void
}

/** What was done with the files, as it was read back. */
export function DocumentOutcome({ work, onUndo }: DocumentOutcomeProps) {
  switch (work.kind) {
    case 'idle':
    case 'requested':
      return null
    case 'failed':
      return <ErrorPanel error={work.error} />
    case 'done':
      return <Done done={work.done} onUndo={onUndo} />
    default:
      return assertNever(work)
  }
}

type DoneProps = Pick<DocumentOutcomeProps, 'onUndo'> & { readonly done: DocumentDone }

function Done({ done, onUndo }: DoneProps) {
  const { observed, backup } = done
  if (done.kind === 'undone')
    return (
      <Banner tone={observed ? 'busy' : 'warn'} icon="undo">
        {observed
          ? 'Undone and read back: the files are as they were before the change.'
          : 'The undo was requested, and the files do not read back so. Look at them.'}{' '}
        What it replaced is kept as backup <code>{backup}</code>.
      </Banner>
    )
  const errors = done.findings.filter(({ severity }) => severity === 'error').length
  const isGood = observed && errors === 0
  return (
    <Banner
      tone={isGood ? 'good' : 'warn'}
      icon={isGood ? 'checkCircle' : 'alert'}
      actions={
        <Button size="s" icon="undo" onClick={() => onUndo(backup)}>
          Undo
        </Button>
      }
    >
      {observed
        ? `Changed and read back: ${remaining(done.findings.length)}.`
        : 'It was written, and the files do not read back as they were shown. Look at them.'}{' '}
      What was there is kept as backup <code>{backup}</code>.
    </Banner>
  )
}

function remaining(findings: number): string {
  return findings === 1 ? '1 finding remains' : `${findings} findings remain`
}
