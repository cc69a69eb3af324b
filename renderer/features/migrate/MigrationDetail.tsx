import type { MigrationRow } from '../../../shared/core/migrate/migrationPlan.ts'
import { useMask } from '../../state/useMask.ts'
import { CodeText } from '../../ui/CodeText.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { formatBytes } from '../../ui/formatBytes.ts'
import styles from './MigrationDetail.module.css'

export type MigrationDetailProps = { readonly row: MigrationRow }

/** One document before and after, and what each step of the chain changes. */
export function MigrationDetail({ row }: MigrationDetailProps) {
  return (
    <div className={styles.detail}>
      <TextPane title={`As it is, version ${row.from}`} text={row.source} />
      {row.target === null ? (
        <section className={styles.pane} aria-label="No target">
          <EmptyState icon="alert" title="It cannot be migrated">
            {row.problem}
          </EmptyState>
        </section>
      ) : (
        <TextPane title={`As it would be, version ${row.to}`} text={row.target} />
      )}
      <section className={styles.steps} aria-label="What each step changes">
        {row.steps.map((step) => (
          <div key={step.name} className={styles.step}>
            <h2 className={styles.heading}>
              {step.name.replace(/^(\d+)to(\d+)$/, 'Version $1 to $2')}
            </h2>
            <ul>
              {step.sentences.map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          </div>
        ))}
        {row.notes.length > 0 && (
          <div className={styles.step}>
            <h2 className={styles.heading}>Notes</h2>
            <ul>
              {row.notes.map((note) => (
                <li key={note}>{note}</li>
              ))}
            </ul>
          </div>
        )}
      </section>
    </div>
  )
}

type TextPaneProps = {
  readonly title: string
  readonly text: { readonly text: string; readonly sizeBytes: number }
}

function TextPane({ title, text }: TextPaneProps) {
  const mask = useMask()
  return (
    <section className={styles.pane} aria-label={title}>
      <h2 className={styles.caption}>
        {title} · {formatBytes(text.sizeBytes)}
      </h2>
      <div className={styles.code}>
        <CodeText label={`${title}: its text`} text={mask.text(text.text)} wrap />
      </div>
    </section>
  )
}
