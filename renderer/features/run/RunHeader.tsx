import { useState } from 'react'
import { useStore } from 'zustand'
import type { RunDetail } from '../../../shared/contract/runs.ts'
import { isNative } from '../../state/makeRef.ts'
import { encodeRoute, runRoute } from '../../state/route.ts'
import type { RunStore } from '../../state/runStore.ts'
import { shownStatus } from '../../state/shownStatus.ts'
import { useNavigation } from '../../state/useNavigation.ts'
import { useWorkspace } from '../../state/useWorkspace.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { StatusWord } from '../../ui/StatusWord.tsx'
import { actionsOf } from './actionsOf.ts'
import { ArchiveAction } from './ArchiveAction.tsx'
import { CheckpointAction } from './CheckpointAction.tsx'
import { CancelDialog } from './CancelDialog.tsx'
import styles from './RunHeader.module.css'

export type RunHeaderProps = {
  readonly detail: RunDetail
  readonly store: RunStore
  readonly showsInspector: boolean
  readonly onInspector: () => void
}

export function RunHeader({ detail, store, showsInspector, onInspector }: RunHeaderProps) {
  const { go } = useNavigation()
  const workspace = useWorkspace()
  const { work, pause } = useStore(store)
  const [asksCancel, setAsksCancel] = useState(false)
  const { run, ref } = detail
  const id = run?.id ?? ref.document
  const readOnly = workspace?.writable === false ? 'The workspace is read-only.' : undefined
  const isAsking = work.kind === 'requested'
  const isArchived = (detail.archive ?? null) !== null
  return (
    <PageHeader
      title={
        <span className={styles.title}>
          <IconButton
            icon="back"
            label="All runs"
            size="s"
            onClick={() => go({ kind: 'runs', view: 'all', text: '' })}
          />
          <StatusWord status={shownStatus({ ...detail, status: run?.status ?? null })} pill />
          {isArchived && <Badge title={archivedTitle}>archived</Badge>}
          <code className={styles.id}>{id}</code>
          <CopyButton text={id} what="run id" />
        </span>
      }
      note={<Origin detail={detail} />}
      actions={
        <>
          {actionsOf(detail).map((action) => (
            <Button
              key={action.label}
              icon={action.icon}
              disabled={action.isWrite && readOnly !== undefined}
              title={action.isWrite ? readOnly : undefined}
              onClick={() => go(action.route)}
            >
              {action.label}
            </Button>
          ))}
          <ArchiveAction detail={detail} store={store} readOnly={readOnly} />
          <CheckpointAction detail={detail} store={store} />
          {detail.liveness === 'alive' && isNative(ref) && (
            <>
              <Button
                icon="pause"
                busy={isAsking && work.what === 'pause'}
                disabled={readOnly !== undefined}
                title={readOnly}
                onClick={() => void pause()}
              >
                Pause
              </Button>
              <Button
                variant="danger"
                icon="ban"
                busy={isAsking && work.what === 'cancel'}
                disabled={readOnly !== undefined}
                title={readOnly}
                onClick={() => setAsksCancel(true)}
              >
                Cancel run…
              </Button>
            </>
          )}
          <IconButton
            icon="info"
            label="Inspector"
            aria-pressed={showsInspector}
            onClick={onInspector}
          />
          <CancelDialog store={store} open={asksCancel} onClose={() => setAsksCancel(false)} />
        </>
      }
    />
  )
}

const archivedTitle =
  'Its files are one compressed file. It can be read, and is written once it is back.'

function Origin({ detail }: { readonly detail: RunDetail }) {
  const { run, forks } = detail
  const children = run?.children ?? []
  return (
    <>
      {run && (
        <span title={run.workflow.source ?? undefined}>
          {run.workflow.name} {run.workflow.version}
        </span>
      )}
      {run?.lineage && (
        <span className={styles.lineage}>
          {relationWords[run.lineage.relation]}{' '}
          <a href={encodeRoute(runRoute(run.lineage.parent))}>{run.lineage.parent}</a>
        </span>
      )}
      {children.map(({ step, run: child }) => (
        <span key={child} className={styles.lineage} title={`Begun by the step ${step}`}>
          {step} runs as <a href={encodeRoute(runRoute(child))}>{child}</a>
        </span>
      ))}
      {forks
        .filter((fork) => !children.some((child) => child.run === fork.run))
        .map((fork) => (
          <span key={fork.run} className={styles.lineage}>
            forked as <a href={encodeRoute(runRoute(fork.run))}>{fork.run}</a>
          </span>
        ))}
    </>
  )
}

const relationWords = {
  fork: 'fork of',
  child: 'part of',
  migrated: 'migrated from',
} as const
