import { useState } from 'react'
import { useStore } from 'zustand'
import type { RunStore } from '../../state/runStore.ts'
import { useWorkspace } from '../../state/useWorkspace.ts'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import type { StepGroup } from './groupSteps.ts'
import { StepRow, type StepRowProps } from './StepRow.tsx'
import styles from './StepList.module.css'

export type StepGroupViewProps = Omit<StepRowProps, 'step' | 'isSelected' | 'actions'> & {
  readonly group: StepGroup
  readonly store: RunStore
  readonly selected: string | null
  /** True where a process carries the run: what waits for an attempt can be tried now. */
  readonly isCarried: boolean
}

/** A step; of one that runs for each item of a list, the items too, opened by a press. */
export function StepGroupView(props: StepGroupViewProps) {
  const { group, store, selected, isCarried, ...drawn } = props
  const { step, items } = group
  const isInside = items.some(({ id }) => id === selected)
  const [isOpen, setIsOpen] = useState(isInside)
  const count = Object.values(step.items ?? {}).reduce((sum, one) => sum + one, 0)
  const retry = (id: string) => <RetryNow store={store} step={id} />
  return (
    <li className={styles.entry}>
      <StepRow
        {...drawn}
        step={step}
        isSelected={step.id === selected}
        actions={
          <>
            {isCarried && step.waitingOn?.kind === 'retry' && retry(step.id)}
            {count > 0 && (
              <span className={styles.opener}>
                <span className={styles.attempts} aria-hidden="true">
                  ×{count}
                </span>
                <IconButton
                  size="s"
                  icon={isOpen ? 'chevronDown' : 'chevronRight'}
                  label={`${count} items of ${step.id}`}
                  aria-expanded={isOpen}
                  onClick={() => setIsOpen(!isOpen)}
                />
              </span>
            )}
          </>
        }
      />
      {isOpen && (
        <ol className={styles.items} aria-label={`Items of ${step.id}`}>
          {items.map((item) => (
            <li key={item.id} className={styles.entry}>
              <StepRow
                {...drawn}
                step={item}
                isSelected={item.id === selected}
                actions={isCarried && item.waitingOn?.kind === 'retry' && retry(item.id)}
              />
            </li>
          ))}
          {items.length < count && (
            <li className={styles.more}>
              {items.length === 0 ? 'None was read yet' : `The first ${items.length} of ${count}`}
              {': “Show all” is below the list.'}
            </li>
          )}
        </ol>
      )}
    </li>
  )
}

function RetryNow({ store, step }: { readonly store: RunStore; readonly step: string }) {
  const { work, retryNow } = useStore(store)
  const workspace = useWorkspace()
  return (
    <span className={styles.retry}>
      <Button
        size="s"
        icon="refresh"
        aria-label={`Retry ${step} now`}
        busy={work.kind === 'requested' && work.what === 'retry'}
        disabled={workspace?.writable === false}
        onClick={() => void retryNow(step)}
      >
        Retry now
      </Button>
    </span>
  )
}
