import { useStore } from 'zustand'
import type { Ref } from '../../../shared/contract/call.ts'
import { isNative } from '../../state/makeRef.ts'
import type { RunStore } from '../../state/runStore.ts'
import { useNavigation } from '../../state/useNavigation.ts'
import { Spinner } from '../../ui/Spinner.tsx'
import { useAfter } from '../../ui/useAfter.ts'
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

/** A long run is read for seconds; what the list knows of it, and both ends of its history, are there at once. */
export function OpeningRun({ route, reference, store }: OpeningRunProps) {
  const { replace } = useNavigation()
  const first = useStore(store, (state) => state.first)
  const isLong = useAfter(longMs)
  const label = `Opening ${route.document}`
  if (!isNative(reference)) return <Spinner label={label} />
  const showsHistory = route.tab === 'history'
  // Whoever reads the history goes on reading it when the run is there.
  const stay = () => {
    if (!showsHistory) replace({ ...route, tab: 'history' })
  }
  return (
    <div className={styles.tab}>
      {first && <OpeningHeader row={first} />}
      <TabBar>
        <Spinner label={label} />
        {isLong && !showsHistory && <span className={styles.where}>Its history meanwhile</span>}
      </TabBar>
      {(isLong || showsHistory) && (
        <div className={styles.content} onFocusCapture={stay}>
          <HistoryTab
            route={route}
            reference={reference}
            findings={[]}
            onStep={(step) => replace({ ...route, tab: 'history', step })}
          />
        </div>
      )}
    </div>
  )
}

/** Most runs are there before that; their history is not read for nothing. */
const longMs = 300
