import type { RunRow } from '../../../shared/contract/runs.ts'
import { shownStatus } from '../../state/shownStatus.ts'
import { useMask } from '../../state/useMask.ts'
import { useNavigation } from '../../state/useNavigation.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { StatusWord } from '../../ui/StatusWord.tsx'
import styles from './OpeningHeader.module.css'

/** What the list knows of a run while it is read: which it is, how it is, and why it does not move. */
export function OpeningHeader({ row }: { readonly row: RunRow }) {
  const { go } = useNavigation()
  const mask = useMask()
  return (
    <>
      <PageHeader
        title={
          <span className={styles.title}>
            <IconButton
              icon="back"
              label="All runs"
              size="s"
              onClick={() => go({ kind: 'runs', view: 'all', text: '' })}
            />
            <StatusWord status={shownStatus(row)} pill />
            <code className={styles.id}>{row.id}</code>
          </span>
        }
        note={
          <span>
            {row.workflow} {row.version}
          </span>
        }
      />
      <div className={styles.reason}>
        <StatusWord status={row.reason.severity} size="s" />
        <p>{mask.text(row.reason.sentence)}</p>
      </div>
    </>
  )
}
