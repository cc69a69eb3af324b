import { useState, type ReactNode } from 'react'
import { useStore } from 'zustand'
import { useStores } from '../../state/StoresProvider.tsx'
import { KeySheet } from '../../ui/KeySheet.tsx'
import { Notices } from '../../ui/Notices.tsx'
import { TimeModeContext } from '../../ui/TimeText.tsx'
import { useShortcut } from '../../ui/useShortcut.ts'
import { keyGroups } from './keyGroups.ts'
import { Rail } from './Rail.tsx'
import { ScheduleNotice } from './ScheduleNotice.tsx'
import { StatusBanners } from './StatusBanners.tsx'
import styles from './Shell.module.css'

export type ShellProps = { readonly children: ReactNode }

/** What is around every page: views at the side, what limits the workspace on top, notices and keys. */
export function Shell({ children }: ShellProps) {
  const stores = useStores()
  const timeMode = useStore(stores.preferences, (state) => state.timeMode)
  const notices = useStore(stores.notices, (state) => state.notices)
  const [showsKeys, setShowsKeys] = useState(false)

  useShortcut('?', () => setShowsKeys(true))

  return (
    <TimeModeContext value={timeMode}>
      <div className={styles.shell}>
        <button type="button" className={styles.skip} onClick={focusMain}>
          Skip to content
        </button>
        <Rail onShowKeys={() => setShowsKeys(true)} />
        <main id="main" className={styles.main} tabIndex={-1}>
          <StatusBanners />
          <ScheduleNotice />
          <div className={styles.page}>{children}</div>
        </main>
        <Notices notices={notices} onDismiss={stores.notices.getState().dismiss} />
        <KeySheet open={showsKeys} groups={keyGroups} onClose={() => setShowsKeys(false)} />
      </div>
    </TimeModeContext>
  )
}

/** The address holds the route, so the link cannot be `#main`. */
function focusMain() {
  document.getElementById('main')?.focus()
}
