import { assertNever } from '../../../shared/assert.ts'
import type { RepairWork } from '../../state/repairStore.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'

export type RepairOutcomeProps = { readonly work: RepairWork; readonly onUndo: () => void }

/** What was done, as it was read back. */
export function RepairOutcome({ work, onUndo }: RepairOutcomeProps) {
  switch (work.kind) {
    case 'idle':
    case 'requested':
      return null
    case 'failed':
      return <ErrorPanel error={work.error} />
    case 'repaired': {
      const { findings, backup, evidence, observed } = work.answer
      return (
        <Banner
          tone={observed && findings.length === 0 ? 'good' : 'warn'}
          icon={observed && findings.length === 0 ? 'checkCircle' : 'alert'}
          actions={
            <Button size="s" icon="undo" onClick={onUndo}>
              Undo
            </Button>
          }
        >
          {observed
            ? `Repaired and read back: ${findings.length} ${findings.length === 1 ? 'finding remains' : 'findings remain'}.`
            : 'The repair was requested, but it could not be read back.'}{' '}
          What was there is kept as backup <code>{backup}</code>, the evidence of the damage in{' '}
          <code>{evidence}</code>.
        </Banner>
      )
    }
    case 'undone':
      return (
        <Banner tone={work.answer.observed ? 'busy' : 'warn'} icon="undo">
          {work.answer.observed
            ? 'Undone and read back: the files are as they were before the repair.'
            : 'The undo was requested, but it could not be read back.'}{' '}
          The repaired state is kept as backup <code>{work.answer.backup}</code>.
        </Banner>
      )
    default:
      return assertNever(work)
  }
}
