import { assertNever } from '../../../shared/assert.ts'
import type { EngineResumed } from '../../state/engineResumeStore.ts'
import type { PlanWork } from '../../state/planStore.ts'
import { useMask } from '../../state/useMask.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { CodeText } from '../../ui/CodeText.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import styles from './PlanScreen.module.css'

export type ResumeDocumentOutcomeProps = {
  readonly work: PlanWork<EngineResumed>
  readonly onCancel: () => void
}

/** What the command says while it runs, and what the files say when it has ended. */
export function ResumeDocumentOutcome({ work, onCancel }: ResumeDocumentOutcomeProps) {
  switch (work.kind) {
    case 'idle':
      return null
    case 'requested':
      return (
        <>
          <Banner
            tone="busy"
            icon="play"
            actions={
              <Button size="s" icon="stop" disabled={work.isCancelling} onClick={onCancel}>
                {work.isCancelling ? 'Ending it' : 'End the command'}
              </Button>
            }
          >
            The command runs.
          </Banner>
          <Output text={work.told} />
        </>
      )
    case 'failed':
      return <ErrorPanel error={work.error} />
    case 'done':
      return <Ended ended={work.done} />
    default:
      return assertNever(work)
  }
}

function Ended({ ended }: { readonly ended: EngineResumed }) {
  const { exitCode, signal, before, after, changedFiles, output } = ended
  const how = exitCode === null ? `was ended by ${signal ?? 'a signal'}` : `ended with ${exitCode}`
  const isGood = exitCode === 0
  return (
    <>
      <Banner tone={isGood ? 'good' : 'warn'} icon={isGood ? 'checkCircle' : 'alert'}>
        The command {how}. The document said {before ?? 'nothing'}, and says {after ?? 'nothing'}{' '}
        now.{' '}
        {changedFiles.length === 0 ? 'No file changed.' : `Changed: ${changedFiles.join(', ')}`}
      </Banner>
      <Output text={output} />
    </>
  )
}

function Output({ text }: { readonly text: string }) {
  const mask = useMask()
  if (text === '') return null
  return (
    <div className={styles.output}>
      <CodeText label="What the command wrote" text={mask.text(text)} ansi wrap follow />
    </div>
  )
}
