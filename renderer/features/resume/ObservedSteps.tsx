import type { RunDetail, StepView } from '../../../shared/contract/runs.ts'
import { knownEnd } from '../../state/knownEnd.ts'
import { formatDuration } from '../../ui/formatDuration.ts'
import { StatusWord } from '../../ui/StatusWord.tsx'
import { TimeText } from '../../ui/TimeText.tsx'
import styles from './ResumeSteps.module.css'

export type ObservedStepsProps = { readonly run: NonNullable<RunDetail['run']> }

export function ObservedSteps({ run }: ObservedStepsProps) {
  const { steps, stepsTotal: total, decisions } = run
  return (
    <>
      <table className={styles.table} aria-label="Steps as they were read back">
        <thead>
          <tr>
            <th scope="col">Status</th>
            <th scope="col">Step</th>
            <th scope="col" className={styles.number}>
              Attempts
            </th>
            <th scope="col">Began</th>
            <th scope="col" className={styles.number}>
              Took
            </th>
          </tr>
        </thead>
        <tbody>
          {steps.map((step) => (
            <tr key={step.id}>
              <td>
                <StatusWord status={step.status} />
              </td>
              <th scope="row" className={styles.step}>
                {step.id}
              </th>
              <td className={styles.number}>{step.attempts.length}</td>
              <td>
                <TimeText at={step.attempts.at(-1)?.startedAt ?? null} />
              </td>
              <td className={styles.number}>{durationOf(step, decisions)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {total > steps.length && (
        <p className={styles.more}>
          The first {steps.length} of {total.toLocaleString('en')} steps. The run shows all of them.
        </p>
      )}
    </>
  )
}

/** Of the last attempt: what came before it is not this resume's. */
function durationOf(step: StepView, decisions: NonNullable<RunDetail['run']>['decisions']): string {
  const last = step.attempts.at(-1)
  const end = last === undefined ? null : knownEnd(step, last, decisions)
  if (last === undefined || end === null) return '—'
  return formatDuration(Date.parse(end) - Date.parse(last.startedAt))
}
