import type { PurgePlan } from '../../../shared/contract/upkeep.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { formatBytes } from '../../ui/formatBytes.ts'
import { TimeText } from '../../ui/TimeText.tsx'
import { trashName } from './trashColumns.tsx'
import styles from './CleanupPage.module.css'

export type PurgeDialogProps = {
  readonly open: boolean
  readonly plan: PurgePlan
  readonly onConfirm: () => void
  readonly onClose: () => void
}

/** What goes for good, by name, before it goes. */
export function PurgeDialog({ open, plan, onConfirm, onClose }: PurgeDialogProps) {
  const { victims, sizeBytes } = plan
  const fresh = victims.filter(({ seenExpiredAt }) => seenExpiredAt === null).length
  const shown = victims.slice(0, shownVictims)
  return (
    <ConfirmDialog
      open={open}
      title={`Delete ${victims.length.toLocaleString('en')} expired for good?`}
      confirm={`Delete ${victims.length.toLocaleString('en')} for good`}
      danger
      onConfirm={onConfirm}
      onClose={onClose}
    >
      <p>
        This frees {formatBytes(sizeBytes)} and cannot be undone. What has not expired stays in the
        trash.
      </p>
      {fresh > 0 && (
        <p className={styles.caution}>
          That {fresh === victims.length ? 'they' : `${fresh.toLocaleString('en')} of them`} have
          expired was found only now. If the clock of this computer may be wrong, keep them.
        </p>
      )}
      <ul className={styles.doomed}>
        {shown.map((entry) => (
          <li key={entry.id} className={styles.doomedRow}>
            <span className={styles.doomedName} title={trashName(entry)}>
              {trashName(entry)}
            </span>
            <span className={styles.reason}>
              expired <TimeText at={entry.expiresAt} />
            </span>
          </li>
        ))}
      </ul>
      {victims.length > shown.length && (
        <p>and {(victims.length - shown.length).toLocaleString('en')} more</p>
      )}
    </ConfirmDialog>
  )
}

const shownVictims = 8
