import { useMemo } from 'react'
import { useStore } from 'zustand'
import type { RunDetail, StateNode } from '../../../shared/contract/runs.ts'
import { useClient } from '../../client/ClientProvider.tsx'
import { flattenTree, type FlatNode } from '../../state/flattenTree.ts'
import { isNative } from '../../state/makeRef.ts'
import type { RunStore } from '../../state/runStore.ts'
import { createStateTreeStore, type StateTreeStore } from '../../state/stateTreeStore.ts'
import { useMask, type Mask } from '../../state/useMask.ts'
import { useNavigation } from '../../state/useNavigation.ts'
import { useNotify } from '../../state/useNotify.ts'
import { usePageStore } from '../../state/usePageStore.ts'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { SplitPane } from '../../ui/SplitPane.tsx'
import { TreeView, type TreeRow } from '../../ui/TreeView.tsx'
import { CheckpointSelect } from './CheckpointSelect.tsx'
import type { RunRoute } from './RunPage.tsx'
import { TabBar } from './TabBar.tsx'
import { ValuePane } from './ValuePane.tsx'
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
      </TabBar>
      <div className={styles.content}>
        <StateTree store={tree} />
      </div>
    </div>
  )
}

function StateTree({ store }: { readonly store: StateTreeStore }) {
  const notify = useNotify()
  const state = useStore(store)
  const mask = useMask()
  const rows = useMemo(
    () => flattenTree(state.branches).map((line) => treeRow(line, mask)),
    [state.branches, mask],
  )
  const copyValue = async (pointer: string) => {
    try {
      await navigator.clipboard.writeText(mask.value(pointer, await state.readValue(pointer)))
      notify('done', `Copied the value of ${pointer}${mask.isOn ? ', secrets masked' : ''}.`)
    } catch (error) {
      notify('error', error instanceof Error ? error.message : 'The value could not be copied.')
    }
  }
  if (state.root.kind === 'loading') return <Spinner label="Reading the state" />
  if (state.root.kind === 'failed') {
    return <ErrorPanel error={state.root.error} onRetry={() => void state.retry()} />
  }
  return (
    <SplitPane
      label="Height of the value"
      direction="column"
      fixed="end"
      initial={180}
      min={80}
      start={
        <>
          {state.problem && <ErrorPanel error={state.problem} />}
          <TreeView
            label="State"
            rows={rows}
            selected={state.selected}
            onSelect={(pointer) => void state.select(pointer)}
            onToggle={(pointer) => void state.toggle(pointer)}
            onMore={(pointer) => void state.readMore(pointer)}
            pathOf={(pointer) => pointer}
            onCopyValue={(pointer) => void copyValue(pointer)}
          />
        </>
      }
      end={
        state.selected === null ? null : (
          <ValuePane store={store} selected={state.selected} onCopy={copyValue} />
        )
      }
    />
  )
}

function treeRow(line: FlatNode, mask: Mask): TreeRow {
  if (line.kind === 'more') {
    const label = `Show more (${line.missing.toLocaleString('en')} left)`
    return { ...line, id: `${line.parent}/ more`, label }
  }
  const { node, parent, depth, expansion } = line
  return {
    kind: 'node',
    id: node.pointer,
    parent,
    depth,
    label: node.key,
    type: node.type,
    value: mask.value(node.pointer, valueOf(node)),
    note: noteOf(node),
    expansion,
  }
}

/** What a container holds is said by its note; an empty one is short enough to be shown. */
function valueOf({ type, size, preview, truncated }: StateNode): string {
  if ((type === 'object' || type === 'array') && size > 0) return ''
  return truncated ? `${preview}…` : preview
}

function noteOf({ type, size }: StateNode): string | null {
  if (size === 0) return null
  if (type === 'object') return size === 1 ? '1 key' : `${size.toLocaleString('en')} keys`
  if (type === 'array') return size === 1 ? '1 item' : `${size.toLocaleString('en')} items`
  return type === 'string' && size > 200 ? `${size.toLocaleString('en')} characters` : null
}
