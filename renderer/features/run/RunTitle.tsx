import type { ReactNode } from 'react'
import { useNavigation } from '../../state/useNavigation.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { StatusWord } from '../../ui/StatusWord.tsx'
import styles from './RunTitle.module.css'

export type RunTitleProps = {
  readonly id: string
  /** Null: it is no single run. */
  readonly status: string | null
  /** Between the status and the id. */
  readonly badge?: ReactNode
  /** Behind the id. */
  readonly children?: ReactNode
}

/** Which run it is and how it is, with the way back to the list. */
export function RunTitle({ id, status, badge, children }: RunTitleProps) {
  const { go } = useNavigation()
  return (
    <span className={styles.title}>
      <IconButton
        icon="back"
        label="All runs"
        size="s"
        onClick={() => go({ kind: 'runs', view: 'all', text: '' })}
      />
      {status !== null && <StatusWord status={status} pill />}
      {badge}
      <code className={styles.id}>{id}</code>
      {children}
    </span>
  )
}
