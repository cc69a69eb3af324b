import { useMemo, useState } from 'react'
import { useStore } from 'zustand'
import type { RunDetail } from '../../../shared/contract/runs.ts'
import type { RunStore } from '../../state/runStore.ts'
import { useNavigation } from '../../state/useNavigation.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Gantt } from '../../ui/Gantt.tsx'
import { useNow } from '../../ui/useNow.ts'
import type { RunRoute } from './RunPage.tsx'
import { drawingOf, rowsOf, scaleOf } from './stepBars.ts'
import styles from './tab.module.css'

export type TimelineTabProps = {
  readonly route: RunRoute
  readonly store: RunStore
  readonly detail: RunDetail
}

export function TimelineTab({ route, store, detail }: TimelineTabProps) {
  const { replace } = useNavigation()
  const { steps, readAll } = useStore(store)
  const isCarried = detail.liveness === 'alive'
  const now = useNow(isCarried ? 1000 : 0)
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set())
  const { rows, scale } = useMemo(() => {
    const drawing = drawingOf(detail, now)
    return { rows: rowsOf(steps, drawing), scale: scaleOf(steps, drawing, open) }
  }, [detail, steps, now, open])
  if (steps.length === 0) {
    return <EmptyState title="No steps">This document says nothing about steps.</EmptyState>
  }
  const total = detail.run?.stepsTotal ?? steps.length
  const toggle = (startMs: number) => {
    const next = new Set(open)
    if (!next.delete(startMs)) next.add(startMs)
    setOpen(next)
  }
  return (
    <div className={styles.tab}>
      {steps.length < total && (
        <Banner
          tone="neutral"
          icon="info"
          actions={
            <Button size="s" onClick={() => void readAll()}>
              Show all
            </Button>
          }
        >
          The first {steps.length} of {total} steps and items.
        </Banner>
      )}
      <div className={styles.content}>
        <Gantt
          label="Timeline"
          rows={rows}
          scale={scale}
          nowMs={isCarried ? now : null}
          selected={route.step}
          onSelect={(step) => replace({ ...route, step })}
          onGap={toggle}
        />
      </div>
    </div>
  )
}
