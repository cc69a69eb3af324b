import type { ReactNode } from 'react'
import styles from './PlanPanes.module.css'

export type PlanPanesProps = {
  readonly changes: ReactNode
  /** What the other pane holds. */
  readonly label: string
  readonly isBusy?: boolean
  readonly children: ReactNode
}

/** What a plan makes different, and beside it (in a narrow window below it) what it consists of. */
export function PlanPanes({ changes, label, isBusy, children }: PlanPanesProps) {
  return (
    <div className={styles.panes} aria-busy={isBusy}>
      {changes}
      <section className={styles.side} aria-label={label}>
        {children}
      </section>
    </div>
  )
}
