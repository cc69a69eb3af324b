import type { RunRow } from '../../../shared/contract/runs.ts'
import { shownStatus } from '../../../shared/core/diagnose/shownStatus.ts'
import { useMask } from '../../state/useMask.ts'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { StatusWord } from '../../ui/StatusWord.tsx'
import { RunTitle } from './RunTitle.tsx'
import styles from './OpeningHeader.module.css'

/** What the list knows of a run while it is read: which it is, how it is, and why it does not move. */
export function OpeningHeader({ row }: { readonly row: RunRow }) {
  const mask = useMask()
  return (
    <>
      <PageHeader
        title={<RunTitle id={row.id} status={shownStatus(row)} />}
        note={
          <span>
            {row.workflow} {row.version}
          </span>
        }
      />
      <div className={styles.reason}>
        <StatusWord status={row.reason.severity} size="s" />
        <p>{mask.text(row.reason.sentence)}</p>
        <p className={styles.note}>As the list has it. The whole journal is being checked…</p>
      </div>
    </>
  )
}
