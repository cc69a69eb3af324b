import { Icon } from './Icon.tsx'
import styles from './Spinner.module.css'

export type SpinnerProps = {
  /** What is waited for, such as "Loading the run". */
  readonly label: string
  readonly size?: 's' | 'm'
}

export function Spinner({ label, size = 'm' }: SpinnerProps) {
  return (
    <output className={styles.spinner} data-size={size}>
      <Icon name="spinner" size={size === 's' ? 14 : 16} spin />
      {label}…
    </output>
  )
}
