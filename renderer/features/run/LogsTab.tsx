import { useEffect, useRef, useState } from 'react'
import { useStore } from 'zustand'
import type { RunDetail, StepView } from '../../../shared/contract/runs.ts'
import type { LogMatch } from '../../../shared/contract/reading.ts'
import { useClient } from '../../client/ClientProvider.tsx'
import { createLogSearchStore, type LogSearchStore } from '../../state/logSearchStore.ts'
import type { RunStore } from '../../state/runStore.ts'
import { useNavigation } from '../../state/useNavigation.ts'
import { usePageStore } from '../../state/usePageStore.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Select } from '../../ui/Select.tsx'
import { AttemptList } from './AttemptList.tsx'
import { LogMatches } from './LogMatches.tsx'
import { LogSearchBar } from './LogSearchBar.tsx'
import { LogView } from './LogView.tsx'
import type { RunRoute } from './RunPage.tsx'
import { TabBar } from './TabBar.tsx'
import styles from './tab.module.css'

export type LogsTabProps = {
  readonly route: RunRoute
  readonly store: RunStore
  readonly detail: RunDetail
}

/** The attempts of a step and what each of them wrote; what is searched for is found in all logs. */
export function LogsTab({ route, store, detail }: LogsTabProps) {
  const client = useClient()
  const { replace } = useNavigation()
  const steps = useStore(store, (state) => state.steps)
  const searching = usePageStore(detail.ref.document, () =>
    createLogSearchStore(client, detail.ref),
  )
  const { matches, current, query, scope } = useStore(searching)
  const [picked, setPicked] = useState<Picked | null>(null)
  const pick = (step: string, attempt: number | null) => {
    setPicked({ step, attempt })
    // One of many steps may not have been read yet.
    if (!steps.some(({ id }) => id === step)) void store.getState().readAll()
    if (step !== route.step) replace({ ...route, step })
  }
  useFoundLine(searching, ({ step, attempt }) => pick(step, attempt))
  const tried = steps.filter(({ attempts }) => attempts.length > 0)
  const chosen = tried.find(({ id }) => id === route.step) ?? mostInteresting(tried)
  if (chosen === undefined) {
    return (
      <EmptyState icon="menu" title="No logs yet">
        No step of this run has begun.
      </EmptyState>
    )
  }
  const last = chosen.attempts.at(-1)?.number ?? 1
  const attempt = picked?.step === chosen.id ? (picked.attempt ?? last) : last
  const found = matches[current]
  const isHere = found?.step === chosen.id && found.attempt === attempt
  const isNotTried = route.step !== null && !tried.some(({ id }) => id === route.step)
  return (
    <div className={styles.tab}>
      <TabBar>
        <Select
          compact
          label="Step"
          value={String(chosen.id)}
          options={tried.map(({ id }) => ({ value: String(id), label: id }))}
          onChange={(step) => pick(step, null)}
        />
        <LogSearchBar store={searching} shown={{ step: chosen.id, attempt }} />
        {isNotTried && <span>{route.step} has not begun: this is another step.</span>}
      </TabBar>
      {scope === null && matches.length > 0 && <LogMatches store={searching} />}
      <AttemptList
        step={chosen}
        detail={detail}
        selected={attempt}
        onSelect={(number) => pick(chosen.id, number)}
      />
      <LogView
        key={`${chosen.id} ${attempt}`}
        reference={detail.ref}
        step={chosen.id}
        attempt={attempt}
        isLive={detail.liveness === 'alive' && chosen.status === 'running' && attempt === last}
        query={query}
        found={isHere ? found : null}
      />
    </div>
  )
}

/** `attempt` null: the last one. */
type Picked = { readonly step: string; readonly attempt: number | null }

/** Tells of each line that the search goes to. */
function useFoundLine(store: LogSearchStore, onFound: (match: LogMatch) => void): void {
  const latest = useRef(onFound)
  useEffect(() => {
    latest.current = onFound
  })
  useEffect(
    () =>
      store.subscribe((state, before) => {
        const match = state.matches[state.current]
        if (match && match !== before.matches[before.current]) latest.current(match)
      }),
    [store],
  )
}

/** Of a stuck run: the step that failed, else the one it is at. */
function mostInteresting(tried: readonly StepView[]): StepView | undefined {
  return (
    tried.findLast(({ status, inDoubt }) => status === 'failed' || inDoubt) ??
    tried.findLast(({ status }) => status === 'running' || status === 'waiting') ??
    tried.at(-1)
  )
}
