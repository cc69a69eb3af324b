import type { ComponentPropsWithRef } from 'react'
import { Icon, type IconName } from './Icon.tsx'
import styles from './IconButton.module.css'

export type IconButtonProps = Omit<
  ComponentPropsWithRef<'button'>,
  'className' | 'style' | 'children' | 'aria-label'
> & {
  readonly icon: IconName
  /** The accessible name, and the tooltip. */
  readonly label: string
  readonly size?: 's' | 'm'
  readonly spin?: boolean
}

export function IconButton({ icon, label, size = 'm', spin = false, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={styles.button}
      data-size={size}
      aria-label={label}
      title={rest.title ?? label}
    >
      <Icon name={icon} size={size === 's' ? 14 : 16} spin={spin} />
    </button>
  )
}
