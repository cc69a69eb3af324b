import type { CleanupPlan } from '../../../shared/core/cleanup/cleanupPlan.ts'
import { encodeRoute, runRoute } from '../../state/route.ts'
import styles from './CleanupPage.module.css'

export type KeptListProps = { readonly kept: CleanupPlan['kept'] }

/** Why others stay; opened, which. */
export function KeptList({ kept }: KeptListProps) {
  if (kept.length === 0) return null
  return (
    <section className={styles.kept} aria-label="Runs that stay">
      <h2 className={styles.heading}>These stay</h2>
      <ul>
        {kept.map((row) => (
          <li key={row.rule}>
            <details>
              <summary>
                <span className={styles.count}>{row.count.toLocaleString('en')}</span> {row.reason}
              </summary>
              <Runs {...row} />
            </details>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Runs({ runs, count }: CleanupPlan['kept'][number]) {
  const more = count - runs.length
  return (
    <ul className={styles.keptRuns}>
      {runs.map((run) => (
        <li key={run}>
          <a href={encodeRoute(runRoute(run))}>{run}</a>
        </li>
      ))}
      {more > 0 && <li>and {more.toLocaleString('en')} more</li>}
    </ul>
  )
}
