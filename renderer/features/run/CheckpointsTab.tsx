import { useState } from 'react'
import { useStore } from 'zustand'
import type { RunDetail } from '../../../shared/contract/runs.ts'
import type { Checkpoint } from '../../../shared/schema/run.ts'
import { isNative } from '../../state/makeRef.ts'
import type { RunStore } from '../../state/runStore.ts'
import { useNavigation } from '../../state/useNavigation.ts'
import { Button } from '../../ui/Button.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { SplitPane } from '../../ui/SplitPane.tsx'
import { checkpointColumns } from './checkpointColumns.tsx'
import { CheckpointAction } from './CheckpointAction.tsx'
import { CheckpointActions } from './CheckpointActions.tsx'
import { CheckpointScrubber } from './CheckpointScrubber.tsx'
import { CheckpointState } from './CheckpointState.tsx'
import { hasOnlyMarks } from './hasOnlyMarks.ts'
import type { RunRoute } from './RunPage.tsx'
import { TabBar } from './TabBar.tsx'
import styles from './tab.module.css'

export type CheckpointsTabProps = {
  readonly route: RunRoute
  readonly store: RunStore
  readonly detail: RunDetail
}

/** Points of the run that can be opened, compared, forked and resumed from; the state follows the one that is chosen. */
export function CheckpointsTab({ route, store, detail }: CheckpointsTabProps) {
  const { checkpoints, readAll } = useStore(store)
  const { replace } = useNavigation()
  const [picked, setPicked] = useState<readonly string[]>([])
  const total = detail.run?.checkpointsTotal ?? 0
  const isMarked = hasOnlyMarks(detail)
  if (checkpoints.length === 0) {
    return (
      <EmptyState
        icon="flag"
        title="No checkpoints"
        actions={<CheckpointAction detail={detail} store={store} />}
      >
        {isMarked
          ? 'A document of this version holds none.'
          : isNative(detail.ref)
            ? 'This run made none: it can only be looked at and resumed as it is now.'
            : 'No copy, backup or earlier state of it lies beside the document.'}
      </EmptyState>
    )
  }
  const select = (checkpoint: Checkpoint) => replace({ ...route, checkpoint: checkpoint.id })
  const pick = (id: string) =>
    setPicked(picked.includes(id) ? picked.filter((one) => one !== id) : [...picked.slice(-1), id])
  const index = checkpoints.findIndex(({ id }) => id === route.checkpoint)
  const table = (
    <DataTable
      label="Checkpoints"
      columns={checkpointColumns({ picked, onPick: pick, isNative: isNative(detail.ref) })}
      rows={checkpoints.toReversed()}
      keyOf={({ id }) => id}
      selected={route.checkpoint}
      onSelect={select}
      onOpen={({ id }) => {
        if (!isMarked) replace({ ...route, checkpoint: id, tab: 'state' })
      }}
      onPeek={({ id }) => pick(id)}
    />
  )
  return (
    <div className={styles.tab}>
      <TabBar>
        <CheckpointScrubber
          checkpoints={checkpoints}
          selected={route.checkpoint}
          onSelect={select}
        />
        <span className={styles.push} />
        {isMarked ? (
          'A document of this version only names its checkpoints: their state is not in it.'
        ) : (
          <CheckpointActions
            route={route}
            reference={detail.ref}
            checkpoints={checkpoints}
            index={index}
            picked={picked}
          />
        )}
      </TabBar>
      <div className={styles.content}>
        {index === -1 || isMarked ? (
          table
        ) : (
          <SplitPane
            label="Height of the state at the checkpoint"
            direction="column"
            fixed="end"
            initial={window.innerHeight < 860 ? 260 : 360}
            min={100}
            start={table}
            end={<CheckpointState reference={detail.ref} checkpoint={route.checkpoint} />}
          />
        )}
      </div>
      {checkpoints.length < total && (
        <TabBar>
          The newest {checkpoints.length} of {total.toLocaleString('en')} checkpoints.
          <Button size="s" variant="quiet" onClick={() => void readAll()}>
            Read all
          </Button>
        </TabBar>
      )}
    </div>
  )
}
