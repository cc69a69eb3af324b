import type { RedactionReport } from '../../../shared/core/secrets/redactionReport.ts'
import { countOf } from './countOf.ts'
import styles from './Bundle.module.css'

export type RedactionListProps = { readonly report: RedactionReport }

/** By which rule, how often and where something is masked; never what. */
export function RedactionList({ report }: RedactionListProps) {
  const { total, rules, rows, more } = report
  if (total === 0)
    return (
      <p className={styles.quiet}>
        No secret was found. Secrets are told by their name and look, and by what unstuck.json
        names.
      </p>
    )
  const shown = rows.slice(0, mostShown)
  const left = rows.length + more - shown.length
  return (
    <section className={styles.redaction} aria-label="What is masked">
      <p>
        Masked {countOf(total, 'time')}:{' '}
        {rules.map(({ rule, count }) => `${rule} ${count}`).join(', ')}
      </p>
      <ul>
        {shown.map(({ rule, file, place, count }) => (
          <li key={`${file} ${place} ${rule}`}>
            <code>
              {file.split('/').slice(2).join('/')} {place}
            </code>
            <span className={styles.quiet}>
              {' '}
              {rule}
              {count > 1 && ` × ${count}`}
            </span>
          </li>
        ))}
        {left > 0 && <li className={styles.quiet}>… and {countOf(left, 'place')} more</li>}
      </ul>
    </section>
  )
}

const mostShown = 100
