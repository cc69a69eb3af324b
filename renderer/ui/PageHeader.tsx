import type { ReactNode } from 'react'
import styles from './PageHeader.module.css'

export type PageHeaderProps = {
  readonly title: ReactNode
  /** Says more about the title, on the same line. */
  readonly note?: ReactNode
  readonly actions?: ReactNode
  /** A second line, such as filters. */
  readonly children?: ReactNode
}

export function PageHeader({ title, note, actions, children }: PageHeaderProps) {
  return (
    <header className={styles.header}>
      <div className={styles.line}>
        <h2 className={styles.title}>{title}</h2>
        {note && <div className={styles.note}>{note}</div>}
        {actions && <div className={styles.actions}>{actions}</div>}
      </div>
      {children}
    </header>
  )
}
