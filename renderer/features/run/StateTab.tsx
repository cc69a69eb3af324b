import { useEffect } from 'react'
import { useStore } from 'zustand'
import type { RunDetail } from '../../../shared/contract/runs.ts'
import { useClient } from '../../client/ClientProvider.tsx'
import { isNative } from '../../state/makeRef.ts'
import type { RunStore } from '../../state/runStore.ts'
import { createStateSearchStore } from '../../state/stateSearchStore.ts'
import { createStateTreeStore } from '../../state/stateTreeStore.ts'
import { useNavigation } from '../../state/useNavigation.ts'
import { usePageStore } from '../../state/usePageStore.ts'
import { CheckpointScrubber } from './CheckpointScrubber.tsx'
import { CheckpointSelect } from './CheckpointSelect.tsx'
import { hasOnlyMarks } from './hasOnlyMarks.ts'
import type { RunRoute } from './RunPage.tsx'
import { StagedCount } from './StagedCount.tsx'
import { StateSearchBar } from './StateSearchBar.tsx'
import { StateTree } from './StateTree.tsx'
import { TabBar } from './TabBar.tsx'
import styles from './tab.module.css'

export type StateTabProps = {
  readonly route: RunRoute
  readonly store: RunStore
  readonly detail: RunDetail
}

/** The whole run as a tree, as it is now or was at a checkpoint. What was opened stays open from one to the other. */
export function StateTab({ route, store, detail }: StateTabProps) {
  const client = useClient()
  const { replace } = useNavigation()
  const checkpoints = useStore(store, (state) => state.checkpoints)
  const { pointer = null } = route
  const checkpoint = hasOnlyMarks(detail) ? null : route.checkpoint
  const { ref } = detail
  const tree = usePageStore(ref.document, () => createStateTreeStore(client, { ref, checkpoint }))
  const searching = usePageStore(ref.document, () => createStateSearchStore(client, ref))
  const { query, matches, current } = useStore(searching)
  const found = matches[current]?.node.pointer ?? null
  useEffect(() => {
    void tree.getState().show(checkpoint)
  }, [tree, checkpoint])
  useEffect(() => {
    if (pointer !== null) void tree.getState().reveal(pointer)
  }, [tree, pointer])
  useEffect(() => {
    if (found !== null) void tree.getState().reveal(found)
  }, [tree, found])
  return (
    <div className={styles.tab}>
      <TabBar>
        State at
        {isNative(ref) ? (
          <>
            <CheckpointSelect
              label="State at"
              checkpoints={checkpoints}
              value={checkpoint}
              onChange={(chosen) => replace({ ...route, checkpoint: chosen })}
            />
            {checkpoints.length > 1 && (
              <CheckpointScrubber
                checkpoints={checkpoints}
                selected={checkpoint}
                onSelect={({ id }) => replace({ ...route, checkpoint: id })}
              />
            )}
          </>
        ) : (
          ' the last change'
        )}
        <span className={styles.push}>
          {!hasOnlyMarks(detail) && <StagedCount document={ref.document} />}
        </span>
        <StateSearchBar store={searching} tree={tree} checkpoint={checkpoint} />
      </TabBar>
      <div className={styles.content}>
        <StateTree
          store={tree}
          detail={detail}
          isNow={checkpoint === null}
          query={query}
          pointer={pointer}
          onSelect={(chosen) => replace({ ...route, pointer: chosen })}
        />
      </div>
    </div>
  )
}
