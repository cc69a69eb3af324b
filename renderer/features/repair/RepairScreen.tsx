import { useStore } from 'zustand'
import type { Workspace } from '../../../shared/contract/workspace.ts'
import { useClient } from '../../client/ClientProvider.tsx'
import { createRepairStore, isWhole } from '../../state/repairStore.ts'
import { encodeRoute, runRoute } from '../../state/route.ts'
import { useNavigation } from '../../state/useNavigation.ts'
import { useNotify } from '../../state/useNotify.ts'
import { usePageStore } from '../../state/usePageStore.ts'
import { Page } from '../../ui/Page.tsx'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { useShortcut } from '../../ui/useShortcut.ts'
import { RepairOutcome } from './RepairOutcome.tsx'
import { RunRepair } from './RunRepair.tsx'

export type RepairScreenProps = { readonly workspace: Workspace; readonly document: string }

export function RepairScreen({ workspace, document }: RepairScreenProps) {
  const client = useClient()
  const { go } = useNavigation()
  const notify = useNotify()
  const ref = { workspace: workspace.id, format: 'unstuck', document, item: null } as const
  const store = usePageStore(JSON.stringify([workspace.id, document]), () =>
    createRepairStore(client, { ref }),
  )
  const state = useStore(store)
  const { planning, notice, work } = state
  useShortcut('u', () => {
    if (state.work.kind === 'repaired') void state.undo()
    else notify('info', 'Nothing was repaired here just now, so there is nothing to undo.')
  })
  const plan = planning.kind === 'ready' ? planning.planned.plan : null
  return (
    <Page>
      <PageHeader
        title={
          <>
            Repair <code>{document}</code>
          </>
        }
        actions={<a href={encodeRoute(runRoute(document))}>Open the run</a>}
      />
      {notice !== null && (
        <Banner tone="warn" icon="refresh">
          {notice}
        </Banner>
      )}
      <RepairOutcome work={work} onUndo={() => void state.undo()} />
      {planning.kind === 'loading' && <Spinner label="Looking for damage" />}
      {planning.kind === 'failed' && (
        <ErrorPanel error={planning.error} onRetry={() => void state.replan()} />
      )}
      {plan !== null && isWhole(plan) && (
        <EmptyState
          icon="checkCircle"
          title="Nothing to repair"
          actions={<Button onClick={() => go(runRoute(document))}>Open the run</Button>}
        >
          Head and journal of this run were read whole, and they agree.
        </EmptyState>
      )}
      {plan !== null && !isWhole(plan) && (
        <RunRepair document={document} state={state} plan={plan} workspace={workspace} />
      )}
    </Page>
  )
}
