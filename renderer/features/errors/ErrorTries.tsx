import type { ErrorTry } from '../../../shared/schema/errorGroup.ts'
import { encodeRoute, runRoute } from '../../state/route.ts'
import { formatCount } from '../../ui/formatCount.ts'
import { Panel } from '../../ui/Panel.tsx'
import { StatusWord } from '../../ui/StatusWord.tsx'
import { TimeText } from '../../ui/TimeText.tsx'
import { outcomeLooks } from './errorLooks.ts'
import styles from './ErrorsPage.module.css'

export type ErrorTriesProps = { readonly tries: readonly ErrorTry[]; readonly total: number }

/** What was done with runs that failed alike, the newest first, and what was then seen. */
export function ErrorTries({ tries, total }: ErrorTriesProps) {
  return (
    <Panel title="Tried" count={total} look="plain">
      {tries.length === 0 ? (
        <p className={styles.quiet}>No run of these was resumed, forked, edited or repaired.</p>
      ) : (
        <ul className={styles.tries}>
          {tries.map((one) => (
            <li key={`${one.operation ?? ''} ${one.goesOn} ${one.at}`}>
              <span className={styles.line}>
                <StatusWord {...outcomeLooks[one.outcome]} size="s" />
                <TimeText at={one.at} />
              </span>
              <span className={styles.line}>
                <span>
                  {kinds[one.kind]}
                  {one.edited && ' after an edit'}{' '}
                  <a href={encodeRoute(runRoute(one.goesOn))}>{one.goesOn}</a>
                </span>
                <span>{one.by}</span>
              </span>
              {one.reason !== null && <span className={styles.quiet}>{one.reason}</span>}
            </li>
          ))}
        </ul>
      )}
      {tries.length < total && (
        <p className={styles.quiet}>and {formatCount(total - tries.length)} before these</p>
      )}
    </Panel>
  )
}

const kinds = {
  resume: 'Resumed',
  fork: 'Forked as',
  edit: 'Edited',
  repair: 'Repaired',
} as const satisfies Record<ErrorTry['kind'], string>
