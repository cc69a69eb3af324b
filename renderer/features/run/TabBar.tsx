import type { ReactNode } from 'react'
import styles from './TabBar.module.css'

export type TabBarProps = { readonly children: ReactNode }

/** Controls of a tab, above what they control. */
export function TabBar({ children }: TabBarProps) {
  return <div className={styles.bar}>{children}</div>
}
