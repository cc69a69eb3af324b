import { useState } from 'react'
import { useStore } from 'zustand'
import type { RunDetail } from '../../../shared/contract/runs.ts'
import type { RunStore } from '../../state/runStore.ts'
import { useWorkspace } from '../../state/useWorkspace.ts'
import { Button } from '../../ui/Button.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { SinceText } from '../../ui/SinceText.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { lockPanelId } from './focusLock.ts'
import styles from './Inspector.module.css'

export type LockPanelProps = { readonly detail: RunDetail; readonly store: RunStore }

/** Who holds the run. A lock of whose holder nothing is proved can be broken by a person, who knows more. */
export function LockPanel({ detail, store }: LockPanelProps) {
  const { work, breakLock } = useStore(store)
  const workspace = useWorkspace()
  const [isAsking, setAsking] = useState(false)
  const { holder, heldHere, liveness } = detail
  if (holder === null)
    return (
      <Panel title="Lock" look="plain">
        <p className={styles.quiet}>Nobody holds this run.</p>
      </Panel>
    )
  return (
    <Panel id={lockPanelId} title="Lock" look="plain">
      <Facts
        facts={[
          ['Held by', heldHere ? 'this very process' : `process ${holder.pid}`],
          ['Machine', holder.hostName],
          ['Since', <SinceText key="at" at={holder.since} />],
          ['For', holder.purpose],
          ['Epoch', holder.epoch],
        ]}
      />
      {liveness === 'unknown' && (
        <Button
          size="s"
          disabled={workspace?.writable === false}
          title={workspace?.readOnlyReason ?? undefined}
          busy={work.kind === 'requested' && work.what === 'break the lock'}
          onClick={() => setAsking(true)}
        >
          Break lock…
        </Button>
      )}
      <ConfirmDialog
        open={isAsking}
        title="Break this lock?"
        confirm="Break the lock"
        onConfirm={() => {
          setAsking(false)
          void breakLock(holder)
        }}
        onClose={() => setAsking(false)}
      >
        <p>
          Nothing proves that process {holder.pid} on {holder.hostName} is gone. Break its lock only
          if you know that it is: two processes that carry one run can do a step twice. It is
          recorded in the operations log.
        </p>
      </ConfirmDialog>
    </Panel>
  )
}
