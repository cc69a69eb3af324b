import type { RunDetail } from '../../../shared/contract/runs.ts'
import { definitionLabel } from '../../../shared/schema/format.ts'
import { encodeRoute, runRoute } from '../../state/route.ts'
import type { RunStore } from '../../state/runStore.ts'
import { shownStatus } from '../../../shared/core/diagnose/shownStatus.ts'
import { Badge } from '../../ui/Badge.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { WatchButton } from './WatchButton.tsx'
import { RunMarks } from './RunMarks.tsx'
import { whyNotAnnotated } from './runActions.ts'
import { useStore } from 'zustand'
import { useWorkspace } from '../../state/useWorkspace.ts'
import { RunActions } from './RunActions.tsx'
import { RunTitle } from './RunTitle.tsx'
import styles from './RunHeader.module.css'

export type RunHeaderProps = {
  readonly detail: RunDetail
  readonly store: RunStore
  readonly showsInspector: boolean
  readonly onInspector: () => void
}

export function RunHeader({ detail, store, showsInspector, onInspector }: RunHeaderProps) {
  const workspace = useWorkspace()
  const annotate = useStore(store, (state) => state.annotate)
  const { run, ref } = detail
  const whyNotPinned = whyNotAnnotated(
    detail,
    workspace?.writable === false
      ? (workspace.readOnlyReason ?? 'The workspace is read-only.')
      : null,
  )
  const id = run?.id ?? ref.document
  const items = detail.foreign?.items.length ?? 0
  const isStore = run === null && items > 1
  const isArchived = (detail.archive ?? null) !== null
  return (
    <PageHeader
      title={
        <RunTitle
          id={id}
          status={isStore ? null : statusOf(detail)}
          badge={
            <>
              {isStore && <Badge>{items.toLocaleString('en')} runs</Badge>}
              {isArchived && <Badge title={archivedTitle}>archived</Badge>}
            </>
          }
        >
          <CopyButton text={id} what="run id" />
          {run && (
            <IconButton
              icon="pin"
              size="s"
              label={
                run.annotations.pinned
                  ? 'Pinned: clean up leaves it alone'
                  : 'Pin: clean up leaves it alone'
              }
              aria-pressed={run.annotations.pinned}
              disabled={whyNotPinned !== null}
              title={whyNotPinned ?? undefined}
              onClick={() => void annotate({ pinned: !run.annotations.pinned })}
            />
          )}
        </RunTitle>
      }
      note={<Origin detail={detail} />}
      actions={
        <>
          <WatchButton detail={detail} />
          <RunActions detail={detail} store={store} />
          <IconButton
            icon="info"
            label="Inspector"
            aria-pressed={showsInspector}
            onClick={onInspector}
          />
        </>
      }
    >
      {run && <RunMarks annotations={run.annotations} />}
    </PageHeader>
  )
}

const archivedTitle =
  'Its files are one compressed file. It can be read, and is written once it is back.'

function statusOf(detail: RunDetail): string {
  const isDefinition = detail.diagnoses.some(({ action }) => action.kind === 'start')
  const format = isDefinition ? { format: definitionLabel } : {}
  return shownStatus({ ...detail, status: detail.run?.status ?? null, ...format })
}

function Origin({ detail }: { readonly detail: RunDetail }) {
  const { run, forks } = detail
  const children = run?.children ?? []
  return (
    <>
      {run && (
        <span
          className={styles.workflow}
          data-told={run.id.startsWith(run.workflow.name) || undefined}
          title={[
            `${run.workflow.name} ${run.workflow.version ?? ''}`.trim(),
            run.workflow.source ?? '',
          ]
            .join('\n')
            .trim()}
        >
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
          <span
            key={fork.run}
            className={styles.lineage}
            title={detail.foreign ? imported : forked}
          >
            superseded by <a href={encodeRoute(runRoute(fork.run))}>{fork.run}</a>
          </span>
        ))}
    </>
  )
}

const forked = 'A fork of this run goes on from here'
const imported = 'A run of Unstuck was imported from this document as it is now'
const relationWords = {
  fork: 'fork of',
  child: 'part of',
  migrated: 'migrated from',
} as const
