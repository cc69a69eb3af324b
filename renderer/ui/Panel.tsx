import { useId, type ReactNode } from 'react'
import styles from './Panel.module.css'

export type PanelProps = {
  readonly title: string
  /** Buttons at the end of the title's line. */
  readonly actions?: ReactNode
  readonly count?: number | undefined
  /** `card` has a border; `plain` stands in a column. */
  readonly look?: 'card' | 'plain'
  readonly children: ReactNode
}

export function Panel({ title, actions, count, look = 'card', children }: PanelProps) {
  const id = useId()
  return (
    <section className={styles.panel} data-look={look} aria-labelledby={id}>
      <header className={styles.head}>
        <h3 id={id} className={styles.title}>
          {title}
        </h3>
        {count !== undefined && <span className={styles.count}>{count.toLocaleString('en')}</span>}
        {actions && <div className={styles.actions}>{actions}</div>}
      </header>
      <div className={styles.body}>{children}</div>
    </section>
  )
}
