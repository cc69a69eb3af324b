import { useState } from 'react'
import { useStore } from 'zustand'
import { encodeRoute, type Route } from '../../state/route.ts'
import type { CountedView } from '../../state/savedViewsStore.ts'
import { useStores } from '../../state/StoresProvider.tsx'
import { useNavigation } from '../../state/useNavigation.ts'
import { useWorkspace } from '../../state/useWorkspace.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { EditViewDialog } from './EditViewDialog.tsx'
import { RailLink } from './RailLink.tsx'
import styles from './Rail.module.css'

/** Views that a person keeps, each with how many runs are in it now. */
export function SavedViewLinks() {
  const { savedViews } = useStores()
  const { route } = useNavigation()
  const views = useStore(savedViews, (state) => state.views)
  const writable = useWorkspace()?.writable ?? false
  const [edited, setEdited] = useState<string | null>(null)
  if (views.length === 0) return null
  return (
    <>
      <h2 className={styles.heading}>Saved views</h2>
      <ul>
        {views.map((view) => (
          <RailLink
            key={view.name}
            icon="filter"
            label={view.name}
            count={view.count ?? undefined}
            route={routeOf(view)}
            isCurrent={encodeRoute(routeOf(view)) === encodeRoute(route)}
          >
            {writable && (
              <span className={styles.more}>
                <IconButton
                  icon="dots"
                  size="s"
                  label={`Rename or delete ${view.name}`}
                  onClick={() => setEdited(view.name)}
                />
              </span>
            )}
          </RailLink>
        ))}
      </ul>
      {edited !== null && (
        <EditViewDialog key={edited} name={edited} onClose={() => setEdited(null)} />
      )}
    </>
  )
}

function routeOf({ view, text, groupBy, sort, columns }: CountedView): Route {
  return {
    kind: 'runs',
    view,
    text,
    ...(groupBy === null ? {} : { groupBy }),
    ...(sort === null ? {} : { sort }),
    ...(columns === null ? {} : { columns }),
  }
}
