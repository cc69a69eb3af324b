import type { ReactNode } from 'react'
import type { Tone } from './statusLooks.ts'
import styles from './Badge.module.css'

export type BadgeProps = {
  readonly tone?: Tone
  readonly title?: string | undefined
  readonly children: ReactNode
}

export function Badge({ tone = 'neutral', title, children }: BadgeProps) {
  return (
    <span className={styles.badge} data-tone={tone} title={title}>
      {children}
    </span>
  )
}
