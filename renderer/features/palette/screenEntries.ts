import { errorsRoute, operationsRoute, type Route } from '../../state/route.ts'
import type { IconName } from '../../ui/Icon.tsx'
import type { PaletteEntry } from './paletteEntry.ts'

/** Every screen that can be gone to without a run. */
export function screenEntries(go: (route: Route) => void): readonly PaletteEntry[] {
  return screens.map(({ title, icon, route }) => ({
    id: `screen ${title}`,
    title,
    note: 'screen',
    icon,
    disabled: null,
    run: () => go(route),
  }))
}

const screens: readonly {
  readonly title: string
  readonly icon: IconName
  readonly route: Route
}[] = [
  { title: 'All runs', icon: 'list', route: { kind: 'runs', view: 'all', text: '' } },
  {
    title: 'Runs that need attention',
    icon: 'alert',
    route: { kind: 'runs', view: 'attention', text: '' },
  },
  { title: 'Running runs', icon: 'play', route: { kind: 'runs', view: 'running', text: '' } },
  { title: 'Waiting runs', icon: 'clock', route: { kind: 'runs', view: 'waiting', text: '' } },
  { title: 'Failed runs', icon: 'cross', route: { kind: 'runs', view: 'failed', text: '' } },
  {
    title: 'Completed runs',
    icon: 'checkCircle',
    route: { kind: 'runs', view: 'completed', text: '' },
  },
  {
    title: 'Damaged or old runs',
    icon: 'broken',
    route: { kind: 'runs', view: 'damaged', text: '' },
  },
  { title: 'Compare', icon: 'compare', route: { kind: 'compare', left: null, right: null } },
  { title: 'Check all runs', icon: 'checkCircle', route: { kind: 'check' } },
  { title: 'Migrate', icon: 'migrate', route: { kind: 'migrate', document: null } },
  { title: 'Clean up', icon: 'sweep', route: { kind: 'cleanup', tab: 'policy' } },
  { title: 'Trash', icon: 'trash', route: { kind: 'cleanup', tab: 'trash' } },
  {
    title: 'Batches',
    icon: 'layers',
    route: { kind: 'batches', batch: null },
  },
  { title: 'Errors', icon: 'cross', route: errorsRoute() },
  { title: 'Operations', icon: 'history', route: operationsRoute() },
  { title: 'Settings', icon: 'sliders', route: { kind: 'settings', text: '' } },
  { title: 'Connect to host…', icon: 'system', route: { kind: 'hosts' } },
  { title: 'Storage', icon: 'archive', route: { kind: 'cleanup', tab: 'storage' } },
]
