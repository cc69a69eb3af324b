import type { ReactNode } from 'react'
import styles from './OptionsPanel.module.css'

export type OptionsPanelProps = { readonly children: ReactNode }

/** What can be chosen of how something is done, in up to four columns. */
export function OptionsPanel({ children }: OptionsPanelProps) {
  return (
    <section className={styles.options} aria-label="Options">
      {children}
    </section>
  )
}
