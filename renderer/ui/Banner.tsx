import type { ReactNode, Ref } from 'react'
import { Icon, type IconName } from './Icon.tsx'
import type { Tone } from './statusLooks.ts'
import styles from './Banner.module.css'

export type BannerProps = {
  readonly tone: Tone
  readonly icon: IconName
  readonly children: ReactNode
  readonly actions?: ReactNode
  readonly ref?: Ref<HTMLOutputElement>
}

/** A line across the page that stays for as long as it is true. */
export function Banner({ tone, icon, children, actions, ref }: BannerProps) {
  return (
    <output ref={ref} className={styles.banner} data-tone={tone}>
      <Icon name={icon} size={14} />
      <span className={styles.text}>{children}</span>
      {actions}
    </output>
  )
}
