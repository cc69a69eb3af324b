import type { ReactNode } from 'react'
import styles from './Page.module.css'

export type PageProps = { readonly children: ReactNode }

/** A screen of its own height: what is inside scrolls, header and foot stay. */
export function Page({ children }: PageProps) {
  return <div className={styles.page}>{children}</div>
}
