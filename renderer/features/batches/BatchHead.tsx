import type { BatchSummary } from '../../../shared/contract/resumeBatch.ts'
import { observedOf, underWay } from '../../state/batchJobStore.ts'
import { useMask } from '../../state/useMask.ts'
import { formatCount } from '../../ui/formatCount.ts'
import { Icon } from '../../ui/Icon.tsx'
import { StatusWord } from '../../ui/StatusWord.tsx'
import { TimeText } from '../../ui/TimeText.tsx'
import { outcomeCounts, phaseLook, runCount } from './batchText.ts'
import styles from './BatchPage.module.css'

export type BatchHeadProps = { readonly batch: BatchSummary }

/** How far it is, what came of it so far, and why it rests. */
export function BatchHead({ batch }: BatchHeadProps) {
  const mask = useMask()
  const { because, problem, total, counts, by, createdAt, leftOut, host, pace, reason } = batch
  const done = observedOf(batch)
  const busy = underWay(counts)
  return (
    <section className={styles.head} aria-label="How far it is">
      <div className={styles.line}>
        <StatusWord {...phaseLook(batch)} size="l" pill />
        <output className={styles.numbers}>
          {`${formatCount(done)} of ${runCount(total)} observed`}
          {busy > 0 && `, ${formatCount(busy)} under way`}
        </output>
        <progress
          className={styles.bar}
          aria-label="Runs that were observed"
          value={done}
          max={Math.max(1, total)}
        />
      </div>
      <ul className={styles.outcomes} aria-label="What was observed">
        {outcomeCounts(batch).map(({ outcome, count, status, word }) => (
          <li key={outcome}>
            <StatusWord status={status} word={`${formatCount(count)} ${word.toLowerCase()}`} />
          </li>
        ))}
      </ul>
      {problem !== null && (
        <p className={styles.problem} role="alert">
          <Icon name="alert" size={14} /> This host does not go on with it: {mask.text(problem)}
        </p>
      )}
      {because !== null && (
        <p className={styles.because}>
          <Icon name="pause" size={14} /> {mask.text(because)}
        </p>
      )}
      <p className={styles.quiet}>
        Started by {by} <TimeText at={createdAt} />
        {reason !== null && ` (${mask.text(reason)})`} · {pace.parallel} at the same time
        {pace.canary > 0 && ` · canary of ${pace.canary}`}
        {leftOut > 0 && ` · ${runCount(leftOut)} left out of the plan`}
        {host !== null && ` · ${host}`}
      </p>
    </section>
  )
}
