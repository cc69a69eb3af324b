import type { AppError } from '../../../shared/errors.ts'
import type { ResumeWork } from '../../state/resumeStore.ts'
import { encodeRoute, runRoute } from '../../state/route.ts'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { PageBody } from '../../ui/PageBody.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { StatusWord } from '../../ui/StatusWord.tsx'
import { hasRested, observedSentence } from './observed.ts'
import { ObservedSteps } from './ObservedSteps.tsx'
import styles from './ResumeScreen.module.css'

export type ResumeProgressProps = {
  readonly work: Extract<ResumeWork, { kind: 'observed' }>
  readonly onReadBack: () => void
}

/** What was requested, and what the run says of itself each time that it is read back. */
export function ResumeProgress({ work, onReadBack }: ResumeProgressProps) {
  const { ref, detail, problem } = work
  const run = detail?.run ?? null
  const status = detail?.liveness === 'interrupted' ? 'interrupted' : run?.status
  return (
    <PageBody>
      <section className={styles.observed} aria-label="Progress" aria-live="polite">
        {/* First: nothing that comes later moves it away from under the pointer. */}
        <p>
          <a href={encodeRoute(runRoute(ref.document))}>
            {detail !== null && hasRested(detail) ? 'Open run' : 'Follow run'} {ref.document}
          </a>
        </p>
        {run === null || status === undefined ? (
          <Spinner label="Requested; reading the run back" />
        ) : (
          <StatusWord status={status} size="l" />
        )}
        <p>{observedSentence(detail)}</p>
      </section>
      {problem !== null && <ReadingProblem problem={problem} onReadBack={onReadBack} />}
      {run !== null && <ObservedSteps run={run} />}
    </PageBody>
  )
}

function ReadingProblem(props: { readonly problem: AppError; readonly onReadBack: () => void }) {
  return <ErrorPanel error={props.problem} onRetry={props.onReadBack} />
}
