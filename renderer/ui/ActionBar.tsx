import type { ReactNode } from 'react'
import styles from './ActionBar.module.css'

export type ActionBarProps = {
  readonly children: ReactNode
  /** Buttons, the one that does it last: they stay together, at the end of the line. None where nothing can be done. */
  readonly actions?: ReactNode
}

/** The foot of a screen: what would be done, in a sentence, and the button that does it. */
export function ActionBar({ children, actions }: ActionBarProps) {
  return (
    <footer className={styles.bar}>
      <div className={styles.said}>{children}</div>
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </footer>
  )
}
