import { useClient } from '../../client/ClientProvider.tsx'
import type { Ref } from '../../../shared/contract/call.ts'
import { everyInterval } from '../../state/every.ts'
import { makeRef } from '../../state/makeRef.ts'
import type { Route } from '../../state/route.ts'
import { createRunStore } from '../../state/runStore.ts'
import { usePageStore } from '../../state/usePageStore.ts'
import { useWorkspace } from '../../state/useWorkspace.ts'
import { Spinner } from '../../ui/Spinner.tsx'
import { RunScreen } from './RunScreen.tsx'

export type RunRoute = Route & { readonly kind: 'run' }
export type RunPageProps = { readonly route: RunRoute }

/** One run: why it does not move, before any data. */
export function RunPage({ route }: RunPageProps) {
  const workspace = useWorkspace()
  if (workspace === null) return <Spinner label="Opening the workspace" />
  const { document, format, item } = route
  return <OpenedRun route={route} reference={makeRef(workspace.id, document, format, item)} />
}

type OpenedRunProps = { readonly route: RunRoute; readonly reference: Ref }

function OpenedRun({ route, reference }: OpenedRunProps) {
  const client = useClient()
  const key = `${reference.workspace} ${reference.format} ${reference.document} ${reference.item ?? ''}`
  const store = usePageStore(key, () => createRunStore(client, reference, everyInterval))
  return <RunScreen route={route} store={store} />
}
