import type { ReactNode } from 'react'
import { useNavigation } from '../../state/useNavigation.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { useShortcut } from '../../ui/useShortcut.ts'
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

/** Which run it is and how it is, with the way back to the list as it was left. */
export function RunTitle({ id, status, badge, children }: RunTitleProps) {
  const { go, list } = useNavigation()
  const back = () => go(list)
  useShortcut('Escape', back)
  return (
    <span className={styles.title}>
      <IconButton
        icon="back"
        label="Back to the list"
        title="Back to the list, as it was left (Esc)"
        size="s"
        onClick={back}
      />
      {status !== null && <StatusWord status={status} pill />}
      {badge}
      <code className={styles.id}>{id}</code>
      {children}
    </span>
  )
}
