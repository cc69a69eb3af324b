import { useState, type ReactNode } from 'react'
import { Button } from './Button.tsx'
import { Icon } from './Icon.tsx'
import { Spinner } from './Spinner.tsx'
import { TimeText } from './TimeText.tsx'
import styles from './BlameLine.module.css'

/** A record that changed the value, with what was there before and after as JSON text; null: nothing. */
export type BlamedRecord = {
  readonly seq: number
  readonly at: string
  readonly step: string | null
  readonly sentence: string
  readonly before: string | null
  readonly after: string | null
  readonly gapFromSeq: number | null
  readonly checkpoint: { readonly id: string; readonly name: string } | null
}

export type BlameLineProps = {
  readonly blame:
    | { readonly kind: 'loading' }
    | { readonly kind: 'failed'; readonly error: { readonly message: string } }
    | {
        readonly kind: 'ready'
        readonly value: {
          readonly changes: readonly BlamedRecord[]
          readonly total: number
          readonly problem: string | null
        }
      }
  readonly onMore: () => void
  readonly onRetry: () => void
  /** Whether earlier changes are shown from the start. */
  readonly startsOpen?: boolean
  /** What else can be done with a record. */
  readonly actions?: (record: BlamedRecord) => ReactNode
}

/** Which record last changed a value, and on demand every change before it. */
export function BlameLine({ blame, onMore, onRetry, startsOpen = false, actions }: BlameLineProps) {
  const [isOpen, setIsOpen] = useState(startsOpen)
  if (blame.kind === 'loading') return <Spinner label="Looking for what changed it" size="s" />
  if (blame.kind === 'failed')
    return (
      <div className={styles.last}>
        <p className={styles.problem}>{blame.error.message}</p>
        <Button size="s" icon="refresh" onClick={onRetry}>
          Try again
        </Button>
      </div>
    )
  const { changes, total, problem } = blame.value
  const [last, ...earlier] = changes
  if (problem !== null) return <p className={styles.note}>{problem}</p>
  if (last === undefined) return <p className={styles.note}>Nothing has ever been here.</p>
  return (
    <section className={styles.blame} aria-label="What changed this value">
      <div className={styles.last}>
        <Record record={last} actions={actions} />
        {total > 1 && (
          <Button
            size="s"
            variant="quiet"
            aria-expanded={isOpen}
            onClick={() => setIsOpen(!isOpen)}
          >
            {isOpen ? 'Hide' : 'Show'} {(total - 1).toLocaleString('en')} earlier
          </Button>
        )}
      </div>
      {isOpen && (
        <ol className={styles.earlier} aria-label="Earlier changes">
          {earlier.map((record) => (
            <li key={record.seq}>
              <Record record={record} actions={actions} />
            </li>
          ))}
          {changes.length < total && (
            <li>
              <Button size="s" variant="quiet" onClick={onMore}>
                Show more ({(total - changes.length).toLocaleString('en')} left)
              </Button>
            </li>
          )}
        </ol>
      )}
    </section>
  )
}

type RecordProps = {
  readonly record: BlamedRecord
  readonly actions: BlameLineProps['actions']
}

function Record({ record, actions }: RecordProps) {
  const { seq, at, sentence, before, after, gapFromSeq } = record
  return (
    <div className={styles.record}>
      <Icon name="history" size={14} />
      <span className={styles.when}>
        {gapFromSeq === null
          ? `Record ${seq}`
          : `Somewhere in records ${gapFromSeq} to ${seq}, which are not all there`}
        , <TimeText at={at} />
      </span>
      <span className={styles.sentence}>{sentence}</span>
      <code className={styles.values} title={`${before ?? 'not there'} → ${after ?? 'not there'}`}>
        {onOneLine(before)} → {onOneLine(after)}
      </code>
      {actions?.(record)}
    </div>
  )
}

function onOneLine(json: string | null): string {
  return json === null ? 'not there' : json.replaceAll(/\n\s*/g, ' ').slice(0, 120)
}
