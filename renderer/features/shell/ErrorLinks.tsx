import { useStore } from 'zustand'
import { errorsRoute } from '../../state/route.ts'
import { useMask } from '../../state/useMask.ts'
import { useStores } from '../../state/StoresProvider.tsx'
import { useNavigation } from '../../state/useNavigation.ts'
import { errorLabels } from '../../state/errorLabels.ts'
import { RailLink } from './RailLink.tsx'
import styles from './Rail.module.css'

/** What runs failed of and nobody got past yet, the most frequent first; what is muted or resolved is one link. */
export function ErrorLinks() {
  const { savedViews } = useStores()
  const mask = useMask()
  const { route } = useNavigation()
  const errors = useStore(savedViews, (state) => state.errors)
  const open = useStore(savedViews, (state) => state.errorsOpen)
  const closed = useStore(savedViews, (state) => state.errorsClosed)
  if (open + closed === 0) return null
  const texts = errors.map(({ error }) => mask.text(error))
  const labels = errorLabels(texts)
  const here = route.kind === 'errors' ? route.error : null
  return (
    <>
      <h2 className={styles.heading}>Errors</h2>
      <ul>
        {errors.map(({ id, error, left }, index) => (
          <RailLink
            key={error}
            icon="cross"
            label={labels[index] ?? ''}
            title={texts[index]}
            count={left}
            tone="bad"
            route={errorsRoute(error)}
            isCurrent={here === error || here === id}
          />
        ))}
        <RailLink
          icon="list"
          label={allErrors(closed)}
          route={errorsRoute()}
          isCurrent={route.kind === 'errors' && route.error === null}
        />
      </ul>
    </>
  )
}

function allErrors(closed: number): string {
  return closed === 0 ? 'All errors' : `All errors, ${closed} muted or resolved`
}
