import { useState } from 'react'
import { useStore } from 'zustand'
import type { RunDetail, StepView } from '../../../shared/contract/runs.ts'
import type { RunStore } from '../../state/runStore.ts'
import { useNavigation } from '../../state/useNavigation.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Select } from '../../ui/Select.tsx'
import { LogView } from './LogView.tsx'
import type { RunRoute } from './RunPage.tsx'

export type LogsTabProps = {
  readonly route: RunRoute
  readonly store: RunStore
  readonly detail: RunDetail
}

/** What an attempt of a step wrote. */
export function LogsTab({ route, store, detail }: LogsTabProps) {
  const { replace } = useNavigation()
  const steps = useStore(store, (state) => state.steps)
  const tried = steps.filter(({ attempts }) => attempts.length > 0)
  const chosen = tried.find(({ id }) => id === route.step) ?? mostInteresting(tried)
  const [attempt, setAttempt] = useState<{ readonly step: string; readonly number: number }>()
  if (chosen === undefined) {
    return (
      <EmptyState icon="menu" title="No logs yet">
        No step of this run has begun.
      </EmptyState>
    )
  }
  const isNotTried = route.step !== null && route.step !== chosen.id
  const last = chosen.attempts.at(-1)?.number ?? 1
  const number = attempt?.step === chosen.id ? attempt.number : last
  return (
    <LogView
      key={`${chosen.id} ${number}`}
      reference={detail.ref}
      step={chosen.id}
      attempt={number}
      isLive={detail.liveness === 'alive' && chosen.status === 'running' && number === last}
    >
      <Select
        compact
        label="Step"
        value={String(chosen.id)}
        options={tried.map(({ id }) => ({ value: String(id), label: id }))}
        onChange={(step) => replace({ ...route, step })}
      />
      <Select
        compact
        label="Attempt"
        value={String(number)}
        options={chosen.attempts.map((one) => ({
          value: String(one.number),
          label: `${one.number}: ${one.outcome ?? (chosen.status === 'running' && !chosen.inDoubt ? 'running' : 'no result')}`,
        }))}
        onChange={(text) => setAttempt({ step: chosen.id, number: Number(text) })}
      />
      {isNotTried && <span>{route.step} has not begun: this is another step.</span>}
    </LogView>
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
