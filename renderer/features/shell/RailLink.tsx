import type { ReactNode } from 'react'
import { encodeRoute, type Route } from '../../state/route.ts'
import { formatCount } from '../../ui/formatCount.ts'
import { Icon, type IconName } from '../../ui/Icon.tsx'
import styles from './Rail.module.css'

export type RailLinkProps = {
  readonly icon: IconName
  readonly label: string
  /** All that the label stands for; left out: the label says it. */
  readonly title?: string | undefined
  readonly route: Route
  readonly isCurrent: boolean
  readonly count?: number | undefined
  readonly tone?: string
  /** What can be done with it. */
  readonly children?: ReactNode
}

export function RailLink(props: RailLinkProps) {
  const { icon, label, title = label, route, isCurrent, count, tone, children } = props
  return (
    <li className={styles.item}>
      <a
        className={styles.link}
        href={encodeRoute(route)}
        aria-current={isCurrent ? 'page' : undefined}
        data-tone={count ? tone : undefined}
        title={title}
      >
        <Icon name={icon} />
        <span className={styles.label}>{label}</span>
        {count !== undefined && <span className={styles.count}>{formatCount(count)}</span>}
      </a>
      {children}
    </li>
  )
}
