import type { MigrationRow } from '../../../shared/core/migrate/migrationPlan.ts'
import styles from './MigrationDetail.module.css'

export type MigrationReportProps = { readonly row: MigrationRow }

/** What each step of the chain changes in one document, and what it cannot carry over. */
export function MigrationReport({ row }: MigrationReportProps) {
  return (
    <section className={styles.steps} aria-label="What each step changes">
      {row.steps.map(({ name, sentences }) => (
        <Part
          key={name}
          title={name.replace(/^(\d+)to(\d+)$/, 'Version $1 to $2')}
          sentences={sentences}
        />
      ))}
      {row.notes.length > 0 && <Part title="Notes" sentences={row.notes} />}
      {row.problem !== null && <Part title="Problem" sentences={[row.problem]} />}
    </section>
  )
}

type PartProps = { readonly title: string; readonly sentences: readonly string[] }

function Part({ title, sentences }: PartProps) {
  return (
    <div className={styles.step}>
      <h2 className={styles.heading}>{title}</h2>
      <ul>
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </div>
  )
}
