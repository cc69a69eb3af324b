import { useStore } from 'zustand'
import type { RunDetail } from '../../../shared/contract/runs.ts'
import { isNative } from '../../state/makeRef.ts'
import type { RunStore } from '../../state/runStore.ts'
import { claimedStatus } from '../../../shared/core/diagnose/shownStatus.ts'
import { encodeRoute, operationsRoute } from '../../state/route.ts'
import { useMask } from '../../state/useMask.ts'
import { Panel } from '../../ui/Panel.tsx'
import { TimeText } from '../../ui/TimeText.tsx'
import { Backups } from './Backups.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { FileList } from './FileList.tsx'
import { Findings } from './Findings.tsx'
import { useNavigation } from '../../state/useNavigation.ts'
import { ForeignPanel } from './ForeignPanel.tsx'
import { GuessPanel } from './GuessPanel.tsx'
import { LockPanel } from './LockPanel.tsx'
import { hasOnlyMarks } from './hasOnlyMarks.ts'
import { findingRoute } from '../../state/findingRoute.ts'
import type { RunRoute } from './RunPage.tsx'
import { StepUses } from './StepUses.tsx'
import { StepInspector } from './StepInspector.tsx'
import { OriginLink } from './OriginLink.tsx'
import { LineageLink } from './LineageLink.tsx'
import styles from './Inspector.module.css'

export type InspectorProps = {
  readonly detail: RunDetail
  readonly store: RunStore
  readonly route: RunRoute
  /** Asks what is what in a document that no engine is known for. */
  readonly onMap: () => void
}

/** What is known beside the steps: the chosen one in detail, where the run is kept, who holds it. */
export function Inspector({ detail, store, route, onMap }: InspectorProps) {
  const { replace } = useNavigation()
  const { step } = route
  const chosen = useStore(store, (state) => state.steps.find(({ id }) => id === step))
  const mask = useMask()
  const { run, files, findings, archive = null } = detail
  return (
    <aside className={styles.inspector} aria-label="Inspector">
      {chosen && <StepInspector step={chosen} detail={detail} />}
      {chosen && run && <StepUses key={chosen.id} detail={detail} step={chosen.id} />}
      {run && (
        <Panel title="Run" look="plain">
          <Facts
            facts={[
              ['Status', claimedStatus({ status: run.status, liveness: detail.liveness })],
              ['Created', <TimeText key="at" at={run.createdAt} />],
              ['Started', <TimeText key="at" at={run.startedAt} />],
              ['Last change', <TimeText key="at" at={run.updatedAt} />],
              ['Ended', run.finishedAt && <TimeText key="at" at={run.finishedAt} />],
              ['Error', run.error && mask.text(run.error.message)],
              ['Records', hasOnlyMarks(detail) || !isNative(detail.ref) ? null : run.seq],
              ['User', run.place.user],
              ['Machine', run.place.host],
              ['Folder', run.place.folder],
              ['Definition', run.workflow.source],
              ['Lineage', run.lineage && <LineageLink key="lineage" lineage={run.lineage} />],
              ['Imported from', run.origin && <OriginLink key="origin" origin={run.origin} />],
              ['Note', run.annotations.note],
              ['Tags', run.annotations.tags?.join(', ')],
              ['Colour', run.annotations.colour],
              ['Pinned', run.annotations.pinned ? 'yes: clean up leaves it alone' : null],
              [
                'Changes',
                <a key="operations" href={encodeRoute(operationsRoute(run.id))}>
                  Operations on this run
                </a>,
              ],
            ]}
          />
        </Panel>
      )}
      {detail.foreign?.guesses && <GuessPanel guesses={detail.foreign.guesses} onMap={onMap} />}
      {detail.foreign && <ForeignPanel facts={detail.foreign} reference={detail.ref} />}
      {isNative(detail.ref) && <LockPanel detail={detail} store={store} />}
      {findings.length > 0 && (
        <Panel title="Findings" count={findings.length} look="plain">
          <Findings
            look="whole"
            findings={findings}
            onGo={(finding) => replace(findingRoute(route, finding))}
            {...(run === null
              ? {}
              : {
                  onState: (pointer) =>
                    replace({ ...route, tab: 'state', checkpoint: null, pointer }),
                })}
          />
        </Panel>
      )}
      <Panel title="Files" count={files.length} look="plain">
        {archive !== null && (
          <p className={styles.quiet}>
            In the archive, <code>{archive}</code>. Sizes are shares of it.
          </p>
        )}
        <FileList files={files} />
      </Panel>
      <Backups detail={detail} store={store} />
      {run !== null && run.decisions.length > 0 && (
        <Panel title="Decisions" count={run.decisions.length} look="plain">
          <Facts
            facts={run.decisions.map((decision) => [
              decision.step,
              `${decision.decision}, by ${decision.by}${decision.reason ? `: ${decision.reason}` : ''}`,
            ])}
          />
        </Panel>
      )}
    </aside>
  )
}
