import type { MappingPlan } from '../../../shared/contract/documentMapping.ts'
import { PathText } from '../../ui/PathText.tsx'
import { StatusWord } from '../../ui/StatusWord.tsx'
import styles from './MappingDialog.module.css'

export type MappingPreviewProps = {
  readonly plan: MappingPlan
  /** A newer answer is under way. */
  readonly isOld: boolean
}

/** The row and the steps as they would be shown, and the rows of the documents like it. */
export function MappingPreview({ plan, isOld }: MappingPreviewProps) {
  const { status, workflow, steps, rows, problems, notLookedAt, runs = [] } = plan
  const done = steps.filter(({ status: word }) => word === 'succeeded' || word === 'skipped').length
  return (
    <section
      className={styles.preview}
      aria-label="Preview"
      aria-live="polite"
      aria-busy={isOld}
      data-old={isOld}
    >
      <p className={styles.row}>
        {runs.length > 0 ? (
          <strong>{`${runs.length} runs`}</strong>
        ) : status === null ? (
          <strong>No run is seen in it</strong>
        ) : (
          <StatusWord status={status} word={status} pill />
        )}
        {workflow !== null && <span className={styles.name}>{workflow}</span>}
        {steps.length > 0 && <span>{`${done} of ${steps.length} steps done`}</span>}
      </p>
      {runs.length > 0 && <p>{named(runs)}</p>}
      {steps.length > 0 && <p>{named(steps.map(({ id, status: word }) => `${id}: ${word}`))}</p>}
      {problems.map((problem) => (
        <p key={problem} className={styles.problem}>
          {problem}
        </p>
      ))}
      <p>
        {rows.length} {rows.length === 1 ? 'document' : 'documents'} like it
        {notLookedAt > 0 && `, ${notLookedAt} more were not looked at`}:
      </p>
      <ul className={styles.rows}>
        {rows.slice(0, 4).map((row) => (
          <li key={row.document}>
            <PathText path={row.document} />
            <StatusWord status={row.status ?? 'unknown'} word={wordOf(row)} size="s" />
          </li>
        ))}
        {rows.length > 4 && <li>and {rows.length - 4} more</li>}
      </ul>
    </section>
  )
}

function named(all: readonly string[]): string {
  const more = all.length > 6 ? `, and ${all.length - 6} more` : ''
  return `${all.slice(0, 6).join(', ')}${more}`
}

function wordOf({ status, stepsDone, stepsTotal, runs }: MappingPlan['rows'][number]): string {
  if (runs !== undefined) return `${runs} runs`
  return stepsTotal === 0
    ? (status ?? 'no run')
    : `${status ?? 'no run'}, ${stepsDone}/${stepsTotal}`
}
