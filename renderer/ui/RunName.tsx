import styles from './RunName.module.css'

export type RunNameProps = {
  readonly id: string
  /** Tooltip; left out: the id. */
  readonly title?: string
}

/** Ids of one workflow differ at their end: where there is no room, it is the middle that goes. */
export function RunName({ id, title = id }: RunNameProps) {
  return (
    <span className={styles.name} title={title}>
      <span className={styles.start}>{id.slice(0, -tailLength)}</span>
      <span>{id.slice(-tailLength)}</span>
    </span>
  )
}

const tailLength = 7
