import type { ComponentPropsWithRef } from 'react'
import styles from './ScrollRow.module.css'

export type ScrollRowProps = Omit<ComponentPropsWithRef<'div'>, 'className' | 'style'>

/** Controls on one line: where there is no room for all of them it scrolls, and fades out where there are more. */
export function ScrollRow(props: ScrollRowProps) {
  return <div {...props} className={styles.row} />
}
