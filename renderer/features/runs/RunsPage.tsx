import { useEffect } from 'react'
import { useStore } from 'zustand'
import type { Route } from '../../state/route.ts'
import { useStores } from '../../state/StoresProvider.tsx'
import { BatchNotice } from './BatchNotice.tsx'
import { GroupsContent } from './GroupsContent.tsx'
import { RunsContent } from './RunsContent.tsx'
import { RunsHeader } from './RunsHeader.tsx'
import { RunsProblem } from './RunsProblem.tsx'
import styles from './RunsPage.module.css'

export type RunsPageProps = { readonly route: Route & { readonly kind: 'runs' } }

/** Every run of the workspace, and every file that cannot be read as one. */
export function RunsPage({ route }: RunsPageProps) {
  const { runs } = useStores()
  const { view, text, sort, groupBy } = route
  useEffect(() => runs.getState().show({ view, text, sort }), [runs, view, text, sort])
  return (
    <div className={styles.page}>
      <RunsHeader route={route} />
      <RunsProblem />
      <BatchNotice />
      <div className={styles.content}>
        <Asking />
        {groupBy === undefined ? <RunsContent /> : <GroupsContent route={route} by={groupBy} />}
      </div>
    </div>
  )
}

/** The rows below are those of the last question. */
function Asking() {
  const { runs } = useStores()
  const isShown = useStore(runs, ({ isAsking, list }) => isAsking && list.kind === 'ready')
  return isShown && <div className={styles.asking} />
}
