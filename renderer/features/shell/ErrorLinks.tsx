import { useStore } from 'zustand'
import { groupRoute } from '../../state/groupRoute.ts'
import { encodeRoute, type Route } from '../../state/route.ts'
import { useMask } from '../../state/useMask.ts'
import { useStores } from '../../state/StoresProvider.tsx'
import { useNavigation } from '../../state/useNavigation.ts'
import { RailLink } from './RailLink.tsx'
import styles from './Rail.module.css'

/** Runs that failed alike, the most frequent failure first. */
export function ErrorLinks() {
  const { savedViews } = useStores()
  const mask = useMask()
  const { route } = useNavigation()
  const errors = useStore(savedViews, (state) => state.errors)
  const total = useStore(savedViews, (state) => state.errorsTotal)
  if (errors.length === 0) return null
  const here = encodeRoute(route)
  return (
    <>
      <h2 className={styles.heading}>Errors</h2>
      <ul>
        {errors.map((group) => (
          <RailLink
            key={group.value}
            icon="cross"
            label={mask.text(group.value ?? '')}
            count={group.count}
            tone="bad"
            route={groupRoute(failed, group)}
            isCurrent={here === encodeRoute(groupRoute(failed, group))}
          />
        ))}
        {total > errors.length && (
          <RailLink
            icon="list"
            label={`All ${total} errors`}
            route={allErrors}
            isCurrent={here === encodeRoute(allErrors)}
          />
        )}
      </ul>
    </>
  )
}

const failed = { kind: 'runs', view: 'failed', text: '' } as const
const allErrors: Route = { ...failed, groupBy: 'error' }
