import type { CleanupPlan } from '../../../shared/core/cleanup/cleanupPlan.ts'
import styles from './CleanupPage.module.css'

export type KeptListProps = { readonly kept: CleanupPlan['kept'] }

export function KeptList({ kept }: KeptListProps) {
  if (kept.length === 0) return null
  return (
    <section className={styles.kept} aria-label="Runs that stay">
      <h2 className={styles.heading}>These stay</h2>
      <ul>
        {kept.map((row) => (
          <li key={`${row.rule} ${row.reason}`} className={styles.keptRow}>
            <span className={styles.count}>{row.count.toLocaleString('en')}</span>
            {row.reason}
          </li>
        ))}
      </ul>
    </section>
  )
}
