import type { ComponentPropsWithRef, ReactNode } from 'react'
import { Icon, type IconName } from './Icon.tsx'
import styles from './Button.module.css'

export type ButtonVariant = 'primary' | 'default' | 'quiet' | 'danger'

export type ButtonProps = Omit<ComponentPropsWithRef<'button'>, 'className' | 'style'> & {
  readonly variant?: ButtonVariant
  readonly size?: 's' | 'm'
  readonly icon?: IconName | undefined
  /** Work is under way: shows a spinner and refuses clicks, but keeps the focus. */
  readonly busy?: boolean
  readonly children: ReactNode
}

export function Button(props: ButtonProps) {
  const { variant = 'default', size = 'm', icon, busy = false, children, onClick, ...rest } = props
  return (
    <button
      type="button"
      {...rest}
      className={styles.button}
      data-variant={variant}
      data-size={size}
      aria-busy={busy || undefined}
      aria-disabled={busy || rest['aria-disabled'] || undefined}
      onClick={busy ? undefined : onClick}
    >
      {busy ? <Icon name="spinner" size={14} spin /> : icon && <Icon name={icon} size={14} />}
      <span>{children}</span>
    </button>
  )
}
