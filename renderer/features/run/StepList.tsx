import { useMemo, useState } from 'react'
import { useStore } from 'zustand'
import type { RunStore } from '../../state/runStore.ts'
import { Button } from '../../ui/Button.tsx'
import { useNow } from '../../ui/useNow.ts'
import { useShortcut } from '../../ui/useShortcut.ts'
import { VirtualList } from '../../ui/VirtualList.tsx'
import { matchSteps, noFilter } from './matchSteps.ts'
import { pathOf } from './graphOfSteps.ts'
import { drawingOf, scaleOf, stepStatus } from './stepBars.ts'
import { StepFilter } from './StepFilter.tsx'
import { StepListRow } from './StepListRow.tsx'
import { stepRows } from './stepRows.ts'
import styles from './StepList.module.css'

export type StepListProps = {
  readonly store: RunStore
  readonly selected: string | null
  readonly onSelect: (step: string) => void
  /** Selects it whether or not it is selected. */
  readonly onShow: (step: string) => void
}

/** From so many steps on a filter is worth its room. */
const fewest = 6

/** Every step with its status, what it is at, its attempts, and when it ran. */
export function StepList({ store, selected, onSelect, onShow }: StepListProps) {
  const { detail, steps, readAll } = useStore(store)
  const isCarried = detail.kind === 'ready' && detail.value.liveness === 'alive'
  const now = useNow(isCarried ? 1000 : 0)
  const [filter, setFilter] = useState(noFilter)
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set())
  const facts = useMemo(
    () =>
      steps.map(({ id, title, ...step }) => ({
        id,
        title,
        status: stepStatus({ id, title, ...step }),
      })),
    [steps],
  )
  const found = useMemo(() => matchSteps(facts, filter), [facts, filter])
  const rows = useMemo(
    () => stepRows(steps, { opened, found, selected }),
    [steps, opened, found, selected],
  )
  const at = useMemo(() => pathOf(steps).at(-1) ?? null, [steps])
  const current = rows.findIndex(({ step }) => step.id === selected)
  const move = (by: 1 | -1) => {
    const row = rows[current === -1 && by === -1 ? rows.length - 1 : current + by]
    if (row !== undefined) onShow(row.step.id)
  }
  useShortcut('j', () => move(1))
  useShortcut('k', () => move(-1))
  if (detail.kind !== 'ready') return null
  const drawing = drawingOf(detail.value, now)
  const scale = scaleOf(steps, drawing)
  const total = detail.value.run?.stepsTotal ?? steps.length
  const toggle = (step: string) => {
    const next = new Set(opened)
    if (!next.delete(step)) next.add(step)
    setOpened(next)
  }
  return (
    <nav className={styles.list} aria-label="Steps">
      <h3 className={styles.title}>
        Steps <span className={styles.total}>{total}</span>
      </h3>
      {total >= fewest && (
        <div className={styles.filter}>
          <StepFilter
            steps={facts}
            filter={filter}
            found={found?.length ?? null}
            onFilter={setFilter}
            onNext={() => move(1)}
          />
        </div>
      )}
      <VirtualList
        label="Steps"
        count={rows.length}
        rowPx={42}
        keyOf={(index) => rows[index]?.step.id ?? String(index)}
        current={current}
      >
        {(index) => {
          const row = rows[index]
          if (row === undefined) return null
          return (
            <StepListRow
              row={row}
              store={store}
              isCarried={isCarried}
              isCurrent={row.step.id === at}
              isSelected={index === current}
              drawing={drawing}
              scale={scale}
              nowMs={isCarried ? now : null}
              onSelect={onSelect}
              onToggle={() => toggle(row.step.id)}
            />
          )
        }}
      </VirtualList>
      {steps.length < total && (
        <Button variant="quiet" size="s" onClick={() => void readAll()}>
          {`Show all ${total} steps`}
        </Button>
      )}
    </nav>
  )
}
