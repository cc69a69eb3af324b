import type { SeenFile } from '../../../shared/schema/operation.ts'
import { Panel } from '../../ui/Panel.tsx'
import styles from './OperationsPage.module.css'

export type SeenFilesProps = {
  readonly before: SeenFile | undefined
  readonly after: SeenFile | undefined
}

/** The file as it was found before the change and after it: equal digests prove that nothing of it had changed by then. */
export function SeenFiles({ before, after }: SeenFilesProps) {
  if (before === undefined && after === undefined) return null
  const isSame = before?.digest !== null && before?.digest === after?.digest
  return (
    <Panel title="The file, before and after" look="plain">
      <table className={styles.seen}>
        <thead>
          <tr>
            <th scope="col">Found</th>
            <th scope="col">Before</th>
            <th scope="col">After</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">Status</th>
            <td>{before?.status ?? '—'}</td>
            <td>{after?.status ?? '—'}</td>
          </tr>
          <tr>
            <th scope="row">Last record</th>
            <td>{before?.seq ?? '—'}</td>
            <td>{after?.seq ?? '—'}</td>
          </tr>
          <tr>
            <th scope="row">SHA-256</th>
            <td>{digestText(before)}</td>
            <td>{digestText(after)}</td>
          </tr>
        </tbody>
      </table>
      <p className={styles.path}>
        {after?.path ?? before?.path}
        {isSame && ' had not changed when this was observed.'}
      </p>
    </Panel>
  )
}

function digestText(seen: SeenFile | undefined) {
  if (seen === undefined) return 'not seen'
  if (seen.digest === null) return 'not there'
  const hex = seen.digest.replace(/^sha256:/, '')
  return <code title={seen.digest}>{hex.slice(0, 12)}…</code>
}
