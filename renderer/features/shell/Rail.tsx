import { useStore } from 'zustand'
import type { RunView } from '../../../shared/contract/runs.ts'
import { operationsRoute, type Route } from '../../state/route.ts'
import { useStores } from '../../state/StoresProvider.tsx'
import { useNavigation } from '../../state/useNavigation.ts'
import type { IconName } from '../../ui/Icon.tsx'
import { ErrorLinks } from './ErrorLinks.tsx'
import { RailFoot } from './RailFoot.tsx'
import { RailLink } from './RailLink.tsx'
import { SavedViewLinks } from './SavedViewLinks.tsx'
import { views } from './views.ts'
import { WorkspaceLinks } from './WorkspaceLinks.tsx'
import { WorkspaceName } from './WorkspaceName.tsx'
import styles from './Rail.module.css'

export type RailProps = { readonly onShowKeys: () => void }

/** Which runs to look at, and the work on many of them. */
export function Rail({ onShowKeys }: RailProps) {
  const { route } = useNavigation()
  const stores = useStores()
  const counts = useStore(stores.runs, ({ list }) =>
    list.kind === 'ready' ? list.value.counts : null,
  )
  // Where no engine keeps a run in more files than one, nobody looks for their parts.
  const hasParts = (counts?.parts ?? 0) > 0
  const shown = views.filter(({ view }) => view !== 'parts' || hasParts || isView(route, view))
  return (
    <div className={styles.rail}>
      <WorkspaceName />
      <nav className={styles.nav} aria-label="Views">
        <div className={styles.views}>
          <ul>
            {shown.map(({ view, label, icon, tone }) => (
              <RailLink
                key={view}
                icon={icon}
                label={label}
                tone={tone}
                count={counts?.[view]}
                route={{ kind: 'runs', view, text: '' }}
                isCurrent={isView(route, view)}
              />
            ))}
          </ul>
          <SavedViewLinks />
          <ErrorLinks />
          <WorkspaceLinks />
        </div>
        <div className={styles.tools}>
          <h2 className={styles.heading}>Tools</h2>
          <ul>
            {tools.map(({ label, icon, target }) => (
              <RailLink
                key={label}
                icon={icon}
                label={label}
                route={target}
                isCurrent={
                  route.kind === target.kind &&
                  (route.kind !== 'cleanup' ||
                    target.kind !== 'cleanup' ||
                    (route.tab === 'trash') === (target.tab === 'trash'))
                }
              />
            ))}
          </ul>
        </div>
      </nav>
      <RailFoot onShowKeys={onShowKeys} />
    </div>
  )
}

/** What was narrowed down further is another place. */
function isView(route: Route, view: RunView): boolean {
  return route.kind === 'runs' && route.view === view && route.text === '' && !route.groupBy
}

const tools: readonly {
  readonly label: string
  readonly icon: IconName
  readonly target: Route
}[] = [
  { label: 'Compare', icon: 'compare', target: { kind: 'compare', left: null, right: null } },
  { label: 'Check', icon: 'checkCircle', target: { kind: 'check' } },
  { label: 'Migrate', icon: 'migrate', target: { kind: 'migrate', document: null } },
  { label: 'Batches', icon: 'layers', target: { kind: 'batches', batch: null } },
  { label: 'Clean up', icon: 'sweep', target: { kind: 'cleanup', tab: 'policy' } },
  { label: 'Trash', icon: 'trash', target: { kind: 'cleanup', tab: 'trash' } },
  { label: 'Operations', icon: 'history', target: operationsRoute() },
  { label: 'Settings', icon: 'sliders', target: { kind: 'settings', text: '' } },
]
