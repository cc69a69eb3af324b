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
import { checkpointColumns } from './checkpointColumns.tsx'
import { CheckpointAction } from './CheckpointAction.tsx'
import { CheckpointScrubber } from './CheckpointScrubber.tsx'
import type { RunRoute } from './RunPage.tsx'
import { TabBar } from './TabBar.tsx'
import styles from './tab.module.css'

export type CheckpointsTabProps = {
  readonly route: RunRoute
  readonly store: RunStore
  readonly detail: RunDetail
}

/** Points of the run that can be opened, compared, forked and resumed from. */
export function CheckpointsTab({ route, store, detail }: CheckpointsTabProps) {
  const { checkpoints, readAll } = useStore(store)
  const { go, replace } = useNavigation()
  const [picked, setPicked] = useState<readonly string[]>([])
  const total = detail.run?.checkpointsTotal ?? 0
  if (checkpoints.length === 0) {
    return (
      <EmptyState
        icon="pin"
        title="No checkpoints"
        actions={<CheckpointAction detail={detail} store={store} />}
      >
        This run made none: it can only be looked at and resumed as it is now.
      </EmptyState>
    )
  }
  const { document, format } = detail.ref
  const side = (checkpoint: string | null) => ({ document, format, checkpoint })
  const compare = () => {
    const inOrder = checkpoints.filter(({ id }) => picked.includes(id))
    const [left, right] = inOrder
    if (left === undefined) return
    go({ kind: 'compare', left: side(left.id), right: side(right?.id ?? null) })
  }
  const pick = (id: string) =>
    setPicked(picked.includes(id) ? picked.filter((one) => one !== id) : [...picked.slice(-1), id])
  const select = (checkpoint: Checkpoint) => replace({ ...route, checkpoint: checkpoint.id })
  const selected = checkpoints.find(({ id }) => id === route.checkpoint) ?? null
  const last = checkpoints.at(-1)
  return (
    <div className={styles.tab}>
      <TabBar>
        <CheckpointScrubber
          checkpoints={checkpoints}
          selected={route.checkpoint}
          onSelect={select}
        />
        <span className={styles.push} />
        <Button
          size="s"
          icon="eye"
          disabled={selected === null}
          onClick={() => replace({ ...route, tab: 'state' })}
        >
          Open state
        </Button>
        {isNative(detail.ref) && (
          <Button
            size="s"
            icon={selected === last ? 'play' : 'branch'}
            disabled={selected === null}
            onClick={() => go({ kind: 'resume', document, from: route.checkpoint, step: null })}
          >
            {selected === null || selected === last ? 'Resume from…' : 'Fork from…'}
          </Button>
        )}
        <Button size="s" icon="compare" disabled={picked.length === 0} onClick={compare}>
          {picked.length === 1 ? 'Compare with now' : 'Compare picked'}
        </Button>
      </TabBar>
      <div className={styles.content}>
        <DataTable
          label="Checkpoints"
          columns={checkpointColumns(picked, pick)}
          rows={checkpoints.toReversed()}
          keyOf={({ id }) => id}
          selected={route.checkpoint}
          onSelect={select}
          onOpen={(checkpoint) => replace({ ...route, checkpoint: checkpoint.id, tab: 'state' })}
          onPeek={({ id }) => pick(id)}
        />
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
