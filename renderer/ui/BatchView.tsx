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
  readonly renderAction?: (row: FinishedRow) => ReactNode
  readonly onCancel: () => void
}

/** Work on many items: its progress, then a row an item. */
export function BatchView(props: BatchViewProps) {
  const { title, verb, work, sentence, actions, renderAction, onCancel } = props
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
  const { rows } = work
  const troubled = rows.filter((row) => row.outcome !== 'done')
  const done = rows.filter((row) => row.outcome === 'done')
  const label = `Outcome of ${title.toLowerCase()}`
  return (
    <section className={styles.batch} aria-label={title}>
      <header className={styles.head}>
        <StatusWord status={troubled.length === 0 ? 'done' : 'attention'} />
        <output className={styles.sentence}>
          {sentence} {troubled.length > 0 && `${troubled.length} of ${rows.length} were not.`}
        </output>
        {actions}
      </header>
      {troubled.length > 0 && <Rows label={label} rows={troubled} renderAction={renderAction} />}
      {done.length > 0 && (
        <details>
          <summary>
            {troubled.length > 0
              ? `${done.length} done`
              : done.length === 1
                ? '1 row'
                : `${done.length} rows`}
          </summary>
          <Rows
            label={troubled.length > 0 ? `${label}: done` : label}
            rows={done}
            renderAction={renderAction}
          />
        </details>
      )}
    </section>
  )
}

const mostRows = 500

type RowsProps = {
  readonly label: string
  readonly rows: readonly FinishedRow[]
  readonly renderAction: BatchViewProps['renderAction']
}

function Rows({ label, rows, renderAction }: RowsProps) {
  return (
    <ul className={styles.rows} aria-label={label}>
      {rows.slice(0, mostRows).map((row) => (
        <li key={row.item} className={styles.row}>
          <StatusWord status={row.outcome} size="s" />
          <code className={styles.item}>{row.item}</code>
          <span className={styles.cause}>{row.cause}</span>
          {renderAction?.(row)}
        </li>
      ))}
      {rows.length > mostRows && (
        <li className={styles.row}>
          and {(rows.length - mostRows).toLocaleString('en')} more: the operations log has them all
        </li>
      )}
    </ul>
  )
}
