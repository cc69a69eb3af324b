import { useId, type ReactNode } from 'react'
import styles from './Panel.module.css'

export type PanelProps = {
  /** Where it is found from elsewhere on the page. */
  readonly id?: string
  readonly title: string
  /** Buttons at the end of the title's line. */
  readonly actions?: ReactNode
  readonly count?: number | undefined
  /** `card` has a border; `plain` stands in a column. */
  readonly look?: 'card' | 'plain'
  readonly children: ReactNode
}

export function Panel({ id, title, actions, count, look = 'card', children }: PanelProps) {
  const titleId = useId()
  return (
    <section id={id} className={styles.panel} data-look={look} aria-labelledby={titleId}>
      <header className={styles.head}>
        <h3 id={titleId} className={styles.title}>
          {title}
        </h3>
        {count !== undefined && <span className={styles.count}>{count.toLocaleString('en')}</span>}
        {actions && <div className={styles.actions}>{actions}</div>}
      </header>
      <div className={styles.body}>{children}</div>
    </section>
  )
}
