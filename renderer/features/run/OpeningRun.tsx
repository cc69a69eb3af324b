import { useStore } from 'zustand'
import type { Ref } from '../../../shared/contract/call.ts'
import { isNative } from '../../state/makeRef.ts'
import type { RunStore } from '../../state/runStore.ts'
import { useNavigation } from '../../state/useNavigation.ts'
import { Button } from '../../ui/Button.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { HistoryTab } from './HistoryTab.tsx'
import { OpeningHeader } from './OpeningHeader.tsx'
import type { RunRoute } from './RunPage.tsx'
import { TabBar } from './TabBar.tsx'
import styles from './tab.module.css'

export type OpeningRunProps = {
  readonly route: RunRoute
  readonly reference: Ref
  readonly store: RunStore
}

/** A long run is read for seconds; what the list knows of it, and its history, are there at once. */
export function OpeningRun({ route, reference, store }: OpeningRunProps) {
  const { replace } = useNavigation()
  const first = useStore(store, (state) => state.first)
  const label = `Opening ${route.document}`
  if (!isNative(reference)) return <Spinner label={label} />
  const showsHistory = route.tab === 'history'
  return (
    <div className={styles.tab}>
      {first && <OpeningHeader row={first} />}
      <TabBar>
        <Spinner label={label} />
        {!showsHistory && (
          <Button
            size="s"
            variant="quiet"
            icon="history"
            onClick={() => replace({ ...route, tab: 'history' })}
          >
            Show its history meanwhile
          </Button>
        )}
      </TabBar>
      {showsHistory && (
        <div className={styles.content}>
          <HistoryTab
            route={route}
            reference={reference}
            findings={[]}
            onStep={(step) => replace({ ...route, step })}
          />
        </div>
      )}
    </div>
  )
}
