import { useStore } from 'zustand'
import type { RunDetail } from '../../../shared/contract/runs.ts'
import type { RunStore } from '../../state/runStore.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Gantt } from '../../ui/Gantt.tsx'
import { useNow } from '../../ui/useNow.ts'
import type { RunRoute } from './RunPage.tsx'
import { drawingOf, rowsOf, scaleOf } from './stepBars.ts'

export type TimelineTabProps = {
  readonly route: RunRoute
  readonly store: RunStore
  readonly detail: RunDetail
  readonly onStep: (step: string) => void
}

export function TimelineTab({ route, store, detail, onStep }: TimelineTabProps) {
  const steps = useStore(store, (state) => state.steps)
  const now = useNow(detail.liveness === 'alive' ? 1000 : 0)
  if (steps.length === 0) {
    return <EmptyState title="No steps">This document says nothing about steps.</EmptyState>
  }
  const drawing = drawingOf(detail, now)
  return (
    <Gantt
      label="Timeline"
      rows={rowsOf(steps, drawing)}
      scale={scaleOf(steps, drawing)}
      selected={route.step}
      onSelect={onStep}
    />
  )
}
