import type { ReactNode } from 'react'
import styles from './PageBody.module.css'

export type PageBodyProps = {
  /** It shows what was, while what is now is being found out. */
  readonly isBusy?: boolean
  readonly children: ReactNode
}

/** What scrolls between the header and the foot of a screen: one part below the other. */
export function PageBody({ isBusy, children }: PageBodyProps) {
  return (
    <div className={styles.body} aria-busy={isBusy}>
      {children}
    </div>
  )
}
