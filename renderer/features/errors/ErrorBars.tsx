import type { ErrorDetail } from '../../../shared/contract/errors.ts'
import { TimeText } from '../../ui/TimeText.tsx'
import styles from './ErrorsPage.module.css'

export type ErrorBarsProps = { readonly bars: NonNullable<ErrorDetail['bars']> }

/** How many runs failed alike, over time. */
export function ErrorBars({ bars: { counts, fromAt, toAt } }: ErrorBarsProps) {
  const most = Math.max(1, ...counts)
  const sum = counts.reduce((all, count) => all + count, 0)
  return (
    <figure className={styles.figure}>
      <div
        className={styles.bars}
        role="img"
        aria-label={`${sum} failures over time, at most ${most} in one of ${counts.length} parts`}
      >
        {counts.map((count, index) => (
          <span
            // oxlint-disable-next-line react/no-array-index-key -- a bar is its place in time
            key={index}
            className={styles.bar}
            data-empty={count === 0}
            style={{ blockSize: `${(count / most) * 100}%` }}
            title={`${count}`}
          />
        ))}
      </div>
      <figcaption className={styles.axis}>
        <TimeText at={fromAt} />
        <TimeText at={toAt} />
      </figcaption>
    </figure>
  )
}
