import type { RunDetail, StepView } from '../../../shared/contract/runs.ts'
import { knownEnd } from '../../state/knownEnd.ts'
import { useMask } from '../../state/useMask.ts'
import { AgeText } from '../../ui/AgeText.tsx'
import { StatusWord } from '../../ui/StatusWord.tsx'
import { TimeText } from '../../ui/TimeText.tsx'
import { stepStatus } from './stepBars.ts'
import styles from './AttemptList.module.css'

export type AttemptListProps = {
  readonly step: StepView
  readonly detail: RunDetail
  readonly selected: number
  readonly onSelect: (attempt: number) => void
}

/** The attempts of a step, the newest first: what came of each, how long it took, and why it failed. */
export function AttemptList({ step, detail, selected, onSelect }: AttemptListProps) {
  const mask = useMask()
  const decisions = detail.run?.decisions ?? []
  return (
    <ul className={styles.list} aria-label={`Attempts of ${step.id}`}>
      {step.attempts.toReversed().map((attempt) => {
        const end = knownEnd(step, attempt, decisions)
        const isKnown = end !== null || attempt.finishedAt === null
        return (
          <li key={attempt.number}>
            <button
              type="button"
              className={styles.attempt}
              aria-current={attempt.number === selected}
              onClick={() => onSelect(attempt.number)}
            >
              <span className={styles.number}>Attempt {attempt.number}</span>
              <StatusWord status={attempt.outcome ?? stepStatus(step)} size="s" />
              <span className={styles.quiet}>
                <TimeText at={attempt.startedAt} />
              </span>
              <span className={styles.quiet}>
                {isKnown ? (
                  <AgeText since={attempt.startedAt} until={end ?? step.finishedAt} />
                ) : (
                  'length unknown'
                )}
              </span>
              {attempt.exitCode !== null && (
                <span className={styles.quiet}>exit code {attempt.exitCode}</span>
              )}
              {attempt.error && (
                <span className={styles.error} title={mask.text(attempt.error.message)}>
                  {mask.text(attempt.error.message)}
                </span>
              )}
            </button>
          </li>
        )
      })}
      {(step.attempts[0]?.number ?? 1) > 1 && (
        <li className={styles.earlier}>
          Attempts before {step.attempts[0]?.number} are not listed; their logs are searched too.
        </li>
      )}
    </ul>
  )
}
