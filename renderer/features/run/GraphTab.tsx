import { useEffect, useMemo, useState } from 'react'
import { useStore } from 'zustand'
import type { RunDetail } from '../../../shared/contract/runs.ts'
import { itemParent } from '../../../shared/schema/itemStep.ts'
import { isNative } from '../../state/makeRef.ts'
import type { RunStore } from '../../state/runStore.ts'
import { useNavigation } from '../../state/useNavigation.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { Graph } from '../../ui/Graph.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { useNow } from '../../ui/useNow.ts'
import { GraphList } from './GraphList.tsx'
import { graphOfSteps } from './graphOfSteps.ts'
import { GraphPath } from './GraphPath.tsx'
import type { RunRoute } from './RunPage.tsx'
import { StepFilter } from './StepFilter.tsx'
import { matchSteps, noFilter } from './matchSteps.ts'
import { TabBar } from './TabBar.tsx'
import own from './GraphTab.module.css'
import styles from './tab.module.css'

export type GraphTabProps = {
  readonly route: RunRoute
  readonly store: RunStore
  readonly detail: RunDetail
}

/** What needs what, how far each got, and what holds it up. */
export function GraphTab({ route, store, detail }: GraphTabProps) {
  const { go, replace } = useNavigation()
  const { steps, stepsProblem, readDefined } = useStore(store)
  const isCarried = detail.liveness === 'alive'
  const now = useNow(isCarried ? 1000 : 0)
  const [filter, setFilter] = useState(noFilter)
  const [isList, setIsList] = useState(false)
  const total = detail.run?.stepsTotal ?? 0
  const isComplete = steps.length >= total || itemParent(steps.at(-1)?.id ?? '') !== null
  useEffect(() => {
    if (!isComplete) void readDefined()
  }, [isComplete, readDefined])

  const { nodes, path, shape } = useMemo(
    () => graphOfSteps(steps, { nowMs: isCarried ? now : null, isComplete }),
    [steps, isCarried, now, isComplete],
  )
  if (total === 0)
    return <EmptyState title="No steps">This document says nothing about steps.</EmptyState>
  if (!isComplete && stepsProblem !== null)
    return <ErrorPanel error={stepsProblem} onRetry={() => void readDefined()} />
  if (!isComplete) return <Spinner label={`Reading the steps, ${steps.length} of ${total}`} />

  const found = matchSteps(nodes, filter)
  const shown =
    found === null ? nodes : nodes.map((node) => ({ ...node, isDim: !found.includes(node.id) }))
  const chosen = itemParent(route.step ?? '')?.step ?? route.step
  const select = (step: string) => replace({ ...route, step })
  const open = (step: string) =>
    go({ ...route, step, tab: isNative(detail.ref) ? 'logs' : 'state' })
  const selectNext = () => {
    const at = found?.indexOf(chosen ?? '') ?? -1
    const next = found?.[(at + 1) % Math.max(1, found.length)]
    if (next !== undefined) select(next)
  }
  return (
    <div className={styles.tab}>
      <TabBar>
        <span className={own.find}>
          <StepFilter
            steps={nodes}
            filter={filter}
            found={found?.length ?? null}
            onFilter={setFilter}
            onNext={selectNext}
          />
        </span>
        <Button
          size="s"
          variant="quiet"
          icon={isList ? 'graph' : 'list'}
          onClick={() => setIsList(!isList)}
        >
          {isList ? 'As a drawing' : 'As a list'}
        </Button>
      </TabBar>
      <GraphPath path={path} steps={steps} onSelect={select} />
      <div className={styles.content}>
        {isList ? (
          <GraphList
            nodes={found === null ? nodes : shown.filter(({ isDim }) => !isDim)}
            shape={shape}
            selected={chosen}
            onSelect={select}
            onOpen={open}
          />
        ) : (
          <Graph
            label="Graph"
            shape={shape}
            nodes={shown}
            selected={chosen}
            start={path.at(-1) ?? null}
            onSelect={select}
            onOpen={open}
          />
        )}
      </div>
    </div>
  )
}
