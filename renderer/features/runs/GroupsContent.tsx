import { useEffect } from 'react'
import { useStore } from 'zustand'
import type { GroupBy } from '../../../shared/schema/runCondition.ts'
import type { Route } from '../../state/route.ts'
import { useStores } from '../../state/StoresProvider.tsx'
import { useNavigation } from '../../state/useNavigation.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { GroupsTable } from './GroupsTable.tsx'
import { NothingYet } from './NothingYet.tsx'
import { RunsFailed } from './RunsFailed.tsx'

export type GroupsContentProps = {
  readonly route: Route & { readonly kind: 'runs' }
  readonly by: GroupBy
}

/** The runs that fit, in groups instead of one by one. */
export function GroupsContent({ route, by }: GroupsContentProps) {
  const { groups: store } = useStores()
  const { go } = useNavigation()
  const groups = useStore(store, (state) => state.groups)
  const { view, text } = route
  useEffect(() => store.getState().open(), [store])
  useEffect(() => store.getState().show({ view, text, by }), [store, view, text, by])
  if (groups.kind === 'loading') return <Spinner label="Putting the runs into groups" />
  if (groups.kind === 'failed')
    return <RunsFailed error={groups.error} onRetry={() => void store.getState().retry()} />
  const { runs, searching } = groups.value
  if (runs === 0 && searching === undefined) {
    if (view === 'all' && text === '') return <NothingYet />
    return (
      <EmptyState
        icon="filter"
        title="Nothing to group"
        actions={
          <Button icon="close" onClick={() => go({ kind: 'runs', view: 'all', text: '' })}>
            Clear filters
          </Button>
        }
      >
        No run fits these filters.
      </EmptyState>
    )
  }
  return <GroupsTable route={route} by={by} found={groups.value} />
}
