import type { MigrationPlan } from '../../../shared/core/migrate/migrationPlan.ts'
import { Button } from '../../ui/Button.tsx'
import { StatusWord } from '../../ui/StatusWord.tsx'
import styles from './MigrationFailures.module.css'

export type MigrationFailuresProps = {
  readonly failures: MigrationPlan['failures']
  readonly onSelect: (document: string) => void
}

/** What cannot be migrated, by cause: how many, what to do, and which. */
export function MigrationFailures({ failures, onSelect }: MigrationFailuresProps) {
  if (failures.length === 0) return null
  return (
    <section className={styles.failures} aria-label="What cannot be migrated">
      {failures.map(({ cause, remedy, count, documents }) => (
        <details key={cause}>
          <summary className={styles.summary}>
            <StatusWord
              status="error"
              word={`${count.toLocaleString('en')} ${count === 1 ? 'document' : 'documents'}: ${cause}`}
              size="s"
            />
          </summary>
          <p className={styles.remedy}>{remedy}</p>
          <ul className={styles.documents} aria-label={cause}>
            {documents.map((document) => (
              <li key={document}>
                <Button size="s" onClick={() => onSelect(document)}>
                  {document}
                </Button>
              </li>
            ))}
            {count > documents.length && <li>and {count - documents.length} more</li>}
          </ul>
        </details>
      ))}
    </section>
  )
}
