import { useMemo } from 'react'
import { useStore } from 'zustand'
import { dottedPath } from '../../../shared/core/tree/paths.ts'
import { flattenTree } from '../../state/flattenTree.ts'
import type { StateTreeStore } from '../../state/stateTreeStore.ts'
import { useMask } from '../../state/useMask.ts'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { SplitPane } from '../../ui/SplitPane.tsx'
import { TreeView } from '../../ui/TreeView.tsx'
import { treeRow } from './treeRow.ts'
import { useCopyValue } from './useCopyValue.ts'
import { ValuePane } from './ValuePane.tsx'

export type StateBrowserProps = { readonly store: StateTreeStore }

/** The state as a tree, and the chosen value below it. It is a part of a tab: until one is chosen all of its room is the tree's. */
export function StateBrowser({ store }: StateBrowserProps) {
  const state = useStore(store)
  const mask = useMask()
  const rows = useMemo(
    () => flattenTree(state.branches).map((line) => treeRow(line, mask)),
    [state.branches, mask],
  )
  const copyValue = useCopyValue(state.readValue)
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
          {state.root.problem && (
            <ErrorPanel error={state.root.problem} onRetry={() => void state.retry()} />
          )}
          {state.problem && <ErrorPanel error={state.problem} />}
          <TreeView
            label="State"
            rows={rows}
            selected={state.selected}
            onSelect={(pointer) => void state.select(pointer)}
            onToggle={(pointer) => void state.toggle(pointer)}
            onMore={(pointer, side) =>
              void (side === 'before' ? state.readBefore(pointer) : state.readMore(pointer))
            }
            pathOf={(pointer) => pointer}
            otherPathOf={dottedPath}
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
