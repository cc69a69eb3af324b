import { useState } from 'react'
import { useStore } from 'zustand'
import type { RunDetail } from '../../../shared/contract/runs.ts'
import type { RunStore } from '../../state/runStore.ts'
import { useWorkspace } from '../../state/useWorkspace.ts'
import { Button } from '../../ui/Button.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { formatBytes } from '../../ui/formatBytes.ts'
import { Panel } from '../../ui/Panel.tsx'
import { TimeText } from '../../ui/TimeText.tsx'
import styles from './Backups.module.css'

export type BackupsProps = { readonly detail: RunDetail; readonly store: RunStore }

/** Copies of what was there before each change. Undo puts one back, and keeps what it replaces. */
export function Backups({ detail, store }: BackupsProps) {
  const { work, undo } = useStore(store)
  const workspace = useWorkspace()
  const [asked, setAsked] = useState<string | null>(null)
  if (detail.backups.length === 0) return null
  return (
    <Panel title="Backups" count={detail.backups.length} look="plain">
      <ul className={styles.list}>
        {detail.backups.map((backup) => (
          <li key={backup.id} className={styles.row}>
            <span className={styles.text}>
              <TimeText at={backup.at} />, {backup.reason}, {formatBytes(backup.sizeBytes)}
            </span>
            <Button
              size="s"
              icon="undo"
              disabled={workspace?.writable === false}
              title={workspace?.readOnlyReason ?? undefined}
              busy={work.kind === 'requested' && work.what === 'undo'}
              onClick={() => setAsked(backup.id)}
            >
              Undo…
            </Button>
          </li>
        ))}
      </ul>
      <ConfirmDialog
        open={asked !== null}
        title="Put this backup back?"
        confirm="Put it back"
        onConfirm={() => {
          if (asked !== null) void undo(asked)
          setAsked(null)
        }}
        onClose={() => setAsked(null)}
      >
        <p>
          The files of the run become what they were before the change of backup{' '}
          <code>{asked}</code>. What they are now goes to a backup of its own, so this can be undone
          too.
        </p>
      </ConfirmDialog>
    </Panel>
  )
}
