import { useMemo } from 'react'
import { useStore } from 'zustand'
import type { RunRow } from '../../../shared/contract/runs.ts'
import { rowKey, type RunsList } from '../../state/runsStore.ts'
import { isChosen, isEmpty } from '../../state/selection.ts'
import { useStores } from '../../state/StoresProvider.tsx'
import type { TableSelection } from '../../ui/DataTable.tsx'

/** What is chosen, as the table asks for it. */
export function useRunSelection(list: RunsList | null): TableSelection<RunRow> | undefined {
  const { runs, selection: store } = useStores()
  const selection = useStore(store, (state) => state.selection)
  return useMemo(() => {
    if (list === null) return undefined
    const { toggle, extend, pickLoaded, clear } = store.getState()
    const { hostIndexOf } = runs.getState()
    const shown = { question: list.question, rows: list.rows, hostIndexOf }
    const isAll =
      selection.kind === 'query' ? selection.except.size === 0 : selection.rows.size >= list.total
    return {
      isPicked: (row) => isChosen(selection, rowKey(row)),
      extent: isEmpty(selection) ? 'none' : isAll ? 'all' : 'some',
      nameOf: ({ id }) => id,
      onToggle: toggle,
      onExtend: (range) => void extend(range, shown),
      onAll: () => pickLoaded(shown),
      onNone: clear,
    }
  }, [list, selection, runs, store])
}
