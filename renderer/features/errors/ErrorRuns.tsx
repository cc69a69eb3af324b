import type { RunRow } from '../../../shared/contract/runs.ts'
import { encodeRoute, runRoute } from '../../state/route.ts'
import { Panel } from '../../ui/Panel.tsx'
import { TimeText } from '../../ui/TimeText.tsx'
import styles from './ErrorsPage.module.css'

export type ErrorRunsProps = { readonly runs: readonly RunRow[]; readonly total: number }

/** The newest of them, each with what went on in its place. */
export function ErrorRuns({ runs, total }: ErrorRunsProps) {
  if (runs.length === 0) return null
  return (
    <Panel title="Newest runs" count={total} look="plain">
      <ul className={styles.tries}>
        {runs.map(({ id, ref, finishedAt, updatedAt, supersededBy }) => (
          <li key={ref.document}>
            <span className={styles.line}>
              <a href={encodeRoute(runRoute(ref.document, ref.format))}>{id}</a>
              <TimeText at={finishedAt ?? updatedAt} />
            </span>
            {supersededBy !== null && (
              <span className={styles.quiet}>goes on as {supersededBy}</span>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  )
}
