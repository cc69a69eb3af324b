import type { ReactNode } from 'react'
import { ErrorPanel, type ErrorPanelProps } from './ErrorPanel.tsx'
import { ProgressBar } from './ProgressBar.tsx'
import { StatusWord } from './StatusWord.tsx'
import styles from './BatchView.module.css'

export type FinishedRow = {
  readonly item: string
  readonly outcome: 'done' | 'failed' | 'stale' | 'not-reached'
  readonly cause: string | null
  readonly result: string | null
}

/** Work on many items, as far as it is shown. */
export type ShownWork =
  | { readonly kind: 'idle' }
  | {
      readonly kind: 'running'
      readonly progress: {
        readonly done: number
        readonly total: number
        readonly item: string
      } | null
      readonly isCancelling: boolean
    }
  | { readonly kind: 'failed'; readonly error: ErrorPanelProps['error'] }
  | {
      readonly kind: 'finished'
      readonly rows: readonly FinishedRow[]
    }

export type BatchViewProps = {
  readonly title: string
  /** What is done while it runs: "Restoring runs". */
  readonly verb: string
  readonly work: ShownWork
  /** What to say of it when it is finished. */
  readonly sentence: string
  readonly actions?: ReactNode
  /** What can be done with one item of a finished batch. */
  readonly rowAction?: (row: FinishedRow) => ReactNode
  readonly onCancel: () => void
}

/** Work on many items: its progress, then a row an item. */
export function BatchView(props: BatchViewProps) {
  const { title, verb, work, sentence, actions, rowAction, onCancel } = props
  if (work.kind === 'idle') return null
  if (work.kind === 'failed') return <ErrorPanel error={work.error} />
  if (work.kind === 'running') {
    const { progress, isCancelling } = work
    return (
      <section className={styles.batch} aria-label={title}>
        <ProgressBar
          label={isCancelling ? 'Stopping after this one' : verb}
          done={progress?.done ?? 0}
          total={progress?.total ?? 0}
          item={progress?.item}
          onCancel={isCancelling ? undefined : onCancel}
        />
      </section>
    )
  }
  const troubled = work.rows.filter((row) => row.outcome !== 'done')
  return (
    <section className={styles.batch} aria-label={title}>
      <header className={styles.head}>
        <StatusWord status={troubled.length === 0 ? 'done' : 'attention'} />
        <output className={styles.sentence}>
          {sentence} {troubled.length > 0 && `${troubled.length} of ${work.rows.length} were not.`}
        </output>
        {actions}
      </header>
      <details open={troubled.length > 0}>
        <summary>{work.rows.length === 1 ? '1 row' : `${work.rows.length} rows`}</summary>
        <ul className={styles.rows} aria-label={`Outcome of ${title.toLowerCase()}`}>
          {[...troubled, ...work.rows.filter((row) => row.outcome === 'done')].map((row) => (
            <li key={row.item} className={styles.row}>
              <StatusWord status={row.outcome} size="s" />
              <code className={styles.item}>{row.item}</code>
              <span className={styles.cause}>{row.cause}</span>
              {rowAction?.(row)}
            </li>
          ))}
        </ul>
      </details>
    </section>
  )
}
