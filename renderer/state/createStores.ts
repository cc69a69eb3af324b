import type { Client } from '../../shared/contract/contract.ts'
import { createBatchStore, type BatchStore } from './batchStore.ts'
import { createBundleExportStore, type BundleExportStore } from './bundleExportStore.ts'
import { createBundleImportStore, type BundleImportStore } from './bundleImportStore.ts'
import { createCheckStore, type CheckStore } from './checkStore.ts'
import {
  createConnectionStore,
  type ConnectionOptions,
  type ConnectionStore,
} from './connectionStore.ts'
import { createDragStore, type DragStore } from './dragStore.ts'
import { createEditStore, type EditStore } from './editStore.ts'
import { createExportStore, type ExportStore } from './exportStore.ts'
import { everyInterval } from './every.ts'
import { createGroupsStore, type GroupsStore } from './groupsStore.ts'
import { createHostStore, type HostStore } from './hostStore.ts'
import { createKnownValuesStore, type KnownValuesStore } from './knownValuesStore.ts'
import { createNavigationStore, type NavigationStore } from './navigationStore.ts'
import { createNoticesStore, type NoticesStore } from './noticesStore.ts'
import { createOffers, type Offers } from './offers.ts'
import { createPeekStore, type PeekStore } from './peekStore.ts'
import { createPreferencesStore, type PreferencesStore } from './preferencesStore.ts'
import { createRecentStore, type RecentStore } from './recentStore.ts'
import { saveFile } from './saveFile.ts'
import { createSavedViewsStore, type SavedViewsStore } from './savedViewsStore.ts'
import { createRunsStore, type RunsState, type RunsStore } from './runsStore.ts'
import { createSelectionStore, type SelectionStore } from './selectionStore.ts'
import { createSettingsStore, type SettingsStore } from './settingsStore.ts'
import { createWatchStore, desktopOf, type WatchStore } from './watchStore.ts'
import { createWorkspaceStore, type WorkspaceStore } from './workspaceStore.ts'

/** The stores that live as long as the window. A page makes its own for what it shows. */
export type Stores = {
  readonly groups: GroupsStore
  readonly batch: BatchStore
  readonly bundleExport: BundleExportStore
  readonly bundleImport: BundleImportStore
  readonly check: CheckStore
  readonly connection: ConnectionStore
  readonly drag: DragStore
  readonly edits: EditStore
  readonly exports: ExportStore
  readonly host: HostStore
  readonly knownValues: KnownValuesStore
  readonly navigation: NavigationStore
  readonly notices: NoticesStore
  readonly offers: Offers
  readonly peek: PeekStore
  readonly preferences: PreferencesStore
  readonly recent: RecentStore
  readonly runs: RunsStore
  readonly savedViews: SavedViewsStore
  readonly selection: SelectionStore
  /** What is staged outlives the page; the page follows the host. */
  readonly settings: SettingsStore
  readonly watch: WatchStore
  readonly workspace: WorkspaceStore
}

export function createStores(
  client: Client,
  window: Window,
  { onDoubt }: Pick<ConnectionOptions, 'onDoubt'> = {},
): Stores {
  const notices = createNoticesStore((delayMs, action) => window.setTimeout(action, delayMs))
  const { notify } = notices.getState()
  return {
    watch: createWatchStore(client, { notify, desktop: desktopOf(window) }, window.localStorage),
    groups: createGroupsStore(client),
    knownValues: createKnownValuesStore(client),
    savedViews: createSavedViewsStore(client, everyInterval),
    batch: createBatchStore(client),
    bundleExport: createBundleExportStore(client, saveFile(window)),
    bundleImport: createBundleImportStore(client),
    check: createCheckStore(client, () => Date.now()),
    connection: createConnectionStore(client, {
      nowMs: () => Date.now(),
      keeper: window.localStorage,
      ...(onDoubt === undefined ? {} : { onDoubt }),
    }),
    drag: createDragStore(window, (delayMs, action) => {
      const timer = window.setTimeout(action, delayMs)
      return () => window.clearTimeout(timer)
    }),
    edits: createEditStore(client),
    exports: createExportStore(client, saveFile(window)),
    host: createHostStore(client),
    navigation: createNavigationStore(window),
    notices,
    offers: createOffers(),
    peek: createPeekStore(client),
    preferences: createPreferencesStore(window.localStorage),
    recent: createRecentStore(client, everyInterval),
    runs: createRunsStore(client, everyInterval),
    selection: createSelectionStore(client),
    settings: createSettingsStore(client),
    workspace: createWorkspaceStore(
      client,
      () => Date.now(),
      () => window.location.reload(),
    ),
  }
}

/** Lets the stores follow the host and the address; returns what stops them. Asked before anything is drawn, the host answers meanwhile. */
export function openStores({
  connection,
  drag,
  edits,
  host,
  navigation,
  workspace,
  recent,
  runs,
  savedViews,
  selection,
  peek,
  watch,
}: Stores): () => void {
  const { route } = navigation.getState()
  if (route.kind === 'runs') runs.getState().show(route)
  const stops = [
    runs,
    selection,
    peek,
    navigation,
    workspace,
    connection,
    host,
    savedViews,
    recent,
    drag,
    edits,
    watch,
  ].map((store) => store.getState().open())
  const follow = ({ list }: RunsState, { list: before }: RunsState) => {
    const was = before.kind === 'ready' ? before.value.question : null
    if (list.kind === 'ready' && list.value.question !== was)
      selection.getState().follow(list.value.question)
  }
  stops.push(runs.subscribe(follow))
  return () => stops.forEach((stop) => stop())
}
