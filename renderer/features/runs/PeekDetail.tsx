import type { RunDetail, StepView } from '../../../shared/contract/runs.ts'
import { encodeRoute, runRoute } from '../../state/route.ts'
import { useMask } from '../../state/useMask.ts'
import { Icon } from '../../ui/Icon.tsx'
import { StatusWord } from '../../ui/StatusWord.tsx'
import styles from './PeekPanel.module.css'

export type PeekDetailProps = { readonly detail: RunDetail }

/** What only the run itself tells: the error that stopped it, and how far its steps are. */
export function PeekDetail({ detail }: PeekDetailProps) {
  const mask = useMask()
  const { run, ref } = detail
  if (run === null) return null
  const failing = lastFailure(run.steps)
  const message = failing?.attempts.at(-1)?.error?.message ?? run.error?.message ?? null
  return (
    <>
      {message !== null && (
        <section className={styles.section}>
          <h3 className={styles.heading}>Last error{failing && ` · ${failing.id}`}</h3>
          <pre className={styles.error}>{mask.text(message)}</pre>
          {failing && (
            <a
              href={encodeRoute({
                ...runRoute(ref.document, ref.format),
                tab: 'logs',
                step: failing.id,
              })}
            >
              <Icon name="list" size={14} /> End of its log
            </a>
          )}
        </section>
      )}
      <section className={styles.section}>
        <h3 className={styles.heading}>Steps</h3>
        <ol className={styles.steps}>
          {shownSteps(run.steps).map((step) => (
            <li key={step.id}>
              <StatusWord status={step.inDoubt ? 'in-doubt' : step.status} size="s" />
              <a
                href={encodeRoute({ ...runRoute(ref.document, ref.format), step: step.id })}
                title={step.title ?? step.id}
              >
                {step.id}
              </a>
            </li>
          ))}
        </ol>
        {run.stepsTotal > mostSteps && (
          <p
            className={styles.quiet}
          >{`${mostSteps} of ${run.stepsTotal} steps, those in question among them.`}</p>
        )}
      </section>
    </>
  )
}

const mostSteps = 8

function lastFailure(steps: readonly StepView[]): StepView | null {
  return steps.findLast(({ attempts }) => attempts.at(-1)?.error) ?? null
}

/** Around the first step that is not done: what was done before, and what comes after. */
function shownSteps(steps: readonly StepView[]): readonly StepView[] {
  const open = steps.findIndex(({ status }) => status !== 'succeeded' && status !== 'skipped')
  const centre = open < 0 ? steps.length : open
  const first = Math.max(0, Math.min(centre - 3, steps.length - mostSteps))
  return steps.slice(first, first + mostSteps)
}
