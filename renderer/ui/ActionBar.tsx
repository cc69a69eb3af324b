import type { ReactNode } from 'react'
import styles from './ActionBar.module.css'

export type ActionBarProps = { readonly children: ReactNode }

/** The foot of a screen: what would be done, in a sentence, and the button that does it. */
export function ActionBar({ children }: ActionBarProps) {
  return <footer className={styles.bar}>{children}</footer>
}
