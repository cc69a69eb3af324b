import type { OutcomeRow } from '../../../shared/contract/call.ts'
import { countOf } from '../../ui/countOf.ts'
import styles from './Bundle.module.css'

export type ImportOutcomeProps = { readonly rows: readonly OutcomeRow[] }

/** How many were made, and of each other one why it was not. */
export function ImportOutcome({ rows }: ImportOutcomeProps) {
  const done = rows.filter(({ outcome }) => outcome === 'done').length
  const others = rows.filter(({ outcome }) => outcome !== 'done')
  return (
    <>
      <output className={styles.sentence}>
        {countOf(done, 'run was', 'runs were')} imported and read back. An import is taken back in
        Operations.
      </output>
      {others.length > 0 && (
        <ul>
          {others.map(({ item, cause }) => (
            <li key={item}>
              <code>{item}</code> was not imported: {cause}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
