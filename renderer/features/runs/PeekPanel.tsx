import { useEffect } from 'react'
import { useStore } from 'zustand'
import type { RunRow } from '../../../shared/contract/runs.ts'
import { encodeRoute, runRoute } from '../../state/route.ts'
import { shownStatus } from '../../../shared/core/diagnose/shownStatus.ts'
import { useStores } from '../../state/StoresProvider.tsx'
import { useMask } from '../../state/useMask.ts'
import { useNavigation } from '../../state/useNavigation.ts'
import { AgeText } from '../../ui/AgeText.tsx'
import { Button } from '../../ui/Button.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { formatBytes } from '../../ui/formatBytes.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { MarkList } from '../../ui/MarkList.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { StatusWord } from '../../ui/StatusWord.tsx'
import { TimeText } from '../../ui/TimeText.tsx'
import { actionsOfRow } from './actionsOfRow.ts'
import { endOf } from './endOf.ts'
import { PeekDetail } from './PeekDetail.tsx'
import styles from './PeekPanel.module.css'

export type PeekPanelProps = {
  readonly row: RunRow
  /** It is not where it was in the list. */
  readonly hasMoved: boolean
  readonly onClose: () => void
}

/** The chosen row, without leaving the list. */
export function PeekPanel({ row, hasMoved, onClose }: PeekPanelProps) {
  const { go } = useNavigation()
  const mask = useMask()
  return (
    <aside className={styles.panel} aria-label="Peek">
      <header className={styles.head}>
        <StatusWord status={shownStatus(row)} pill />
        <IconButton icon="close" label="Close the peek panel" size="s" onClick={onClose} />
      </header>
      <p className={styles.id}>
        <code>{row.id}</code> <CopyButton text={row.id} what="run id" />
      </p>
      <p role="status" className={styles.moved}>
        {hasMoved && 'It has moved: it is on another page of the list now, or in another view.'}
      </p>
      <p className={styles.reason} data-severity={row.reason.severity}>
        {mask.text(row.reason.sentence)}
      </p>
      {row.marks !== undefined && (
        <div className={styles.marks}>
          <MarkList marks={row.marks} />
        </div>
      )}
      <div className={styles.actions}>
        {actionsOfRow(row).map(({ label, icon, route }, index) => (
          <Button
            key={label}
            variant={index === 0 ? 'primary' : 'default'}
            icon={icon}
            onClick={() => go(route)}
          >
            {label}
          </Button>
        ))}
      </div>
      <Detail row={row} />
      <dl className={styles.facts}>
        <dt>Workflow</dt>
        <dd>
          {row.workflow ?? 'unknown'} {row.version}
        </dd>
        <dt>Step</dt>
        <dd>
          {row.step ?? '–'} ({row.stepsDone} of {row.stepsTotal} done)
        </dd>
        <dt>Last change</dt>
        <dd>
          <TimeText at={row.updatedAt} />
        </dd>
        <dt>Created</dt>
        <dd>
          <TimeText at={row.createdAt} />
        </dd>
        <dt>In this state</dt>
        <dd>
          <AgeText since={row.finishedAt ?? row.updatedAt} />
        </dd>
        <dt>Duration</dt>
        <dd>
          <AgeText since={row.createdAt} until={endOf(row)} />
        </dd>
        <dt>Attempts</dt>
        <dd>{row.attempts}</dd>
        <dt>Checkpoints</dt>
        <dd>{row.checkpoints}</dd>
        <dt>Size</dt>
        <dd>
          {formatBytes(row.sizeBytes)}, {row.format}
        </dd>
        <dt>Owner</dt>
        <dd>{row.owner ?? '–'}</dd>
        {row.parent !== null && (
          <>
            <dt>Made from</dt>
            <dd>
              <a href={encodeRoute(runRoute(row.parent))}>{row.parent}</a>
            </dd>
          </>
        )}
      </dl>
    </aside>
  )
}

/** Read from the run when the focus rests on it; until then the row says what it knows. */
function Detail({ row: { ref } }: { readonly row: RunRow }) {
  const { peek } = useStores()
  const detail = useStore(peek, (state) => state.detail)
  useEffect(() => peek.getState().look(ref), [peek, ref])
  if (detail.kind === 'loading') return <Spinner label="Reading the run" />
  if (detail.kind === 'failed')
    return (
      <div role="alert" className={styles.problem}>
        <p>The run could not be read. {detail.error.message}</p>
        <Button size="s" icon="refresh" onClick={peek.getState().retry}>
          Try again
        </Button>
      </div>
    )
  return <PeekDetail detail={detail.value} />
}
