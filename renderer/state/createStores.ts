import type { Client } from '../../shared/contract/contract.ts'
import { createEditStore, type EditStore } from './editStore.ts'
import { everyInterval } from './every.ts'
import { createHostStore, type HostStore } from './hostStore.ts'
import { createNavigationStore, type NavigationStore } from './navigationStore.ts'
import { createNoticesStore, type NoticesStore } from './noticesStore.ts'
import { createPreferencesStore, type PreferencesStore } from './preferencesStore.ts'
import { createRunsStore, type RunsStore } from './runsStore.ts'
import { createWorkspaceStore, type WorkspaceStore } from './workspaceStore.ts'

/** The stores that live as long as the window. A page makes its own for what it shows. */
export type Stores = {
  readonly edits: EditStore
  readonly host: HostStore
  readonly navigation: NavigationStore
  readonly notices: NoticesStore
  readonly preferences: PreferencesStore
  readonly runs: RunsStore
  readonly workspace: WorkspaceStore
}

export function createStores(client: Client, window: Window): Stores {
  return {
    edits: createEditStore(client),
    host: createHostStore(client),
    navigation: createNavigationStore(window),
    notices: createNoticesStore((delayMs, action) => window.setTimeout(action, delayMs)),
    preferences: createPreferencesStore(window.localStorage),
    runs: createRunsStore(client, everyInterval),
    workspace: createWorkspaceStore(client, () => Date.now()),
  }
}

/** Lets the stores follow the host and the address; returns what stops them. Asked before anything is drawn, the host answers meanwhile. */
export function openStores({ edits, host, navigation, workspace, runs }: Stores): () => void {
  const { route } = navigation.getState()
  if (route.kind === 'runs') runs.getState().show(route)
  const stops = [runs, navigation, workspace, host, edits].map((store) => store.getState().open())
  return () => stops.forEach((stop) => stop())
}
