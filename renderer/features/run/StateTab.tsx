import { useStore } from 'zustand'
import type { RunDetail } from '../../../shared/contract/runs.ts'
import { useClient } from '../../client/ClientProvider.tsx'
import { isNative } from '../../state/makeRef.ts'
import type { RunStore } from '../../state/runStore.ts'
import { createStateTreeStore } from '../../state/stateTreeStore.ts'
import { useNavigation } from '../../state/useNavigation.ts'
import { usePageStore } from '../../state/usePageStore.ts'
import { CheckpointSelect } from './CheckpointSelect.tsx'
import type { RunRoute } from './RunPage.tsx'
import { StagedCount } from './StagedCount.tsx'
import { StateTree } from './StateTree.tsx'
import { TabBar } from './TabBar.tsx'
import styles from './tab.module.css'

export type StateTabProps = {
  readonly route: RunRoute
  readonly store: RunStore
  readonly detail: RunDetail
}

/** The whole run as a tree, as it is now or was at a checkpoint. */
export function StateTab({ route, store, detail }: StateTabProps) {
  const client = useClient()
  const { replace } = useNavigation()
  const checkpoints = useStore(store, (state) => state.checkpoints)
  const { checkpoint } = route
  const { ref } = detail
  const tree = usePageStore(`${ref.document} ${checkpoint}`, () =>
    createStateTreeStore(client, { ref, checkpoint }),
  )
  return (
    <div className={styles.tab}>
      <TabBar>
        State at
        {isNative(ref) ? (
          <CheckpointSelect
            label="State at"
            checkpoints={checkpoints}
            value={checkpoint}
            onChange={(chosen) => replace({ ...route, checkpoint: chosen })}
          />
        ) : (
          ' the last change'
        )}
        <span className={styles.push}>
          <StagedCount document={ref.document} />
        </span>
      </TabBar>
      <div className={styles.content}>
        <StateTree store={tree} detail={detail} isNow={checkpoint === null} />
      </div>
    </div>
  )
}
