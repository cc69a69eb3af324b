import { useStore } from 'zustand'
import type { RunStore } from '../../state/runStore.ts'
import { useWorkspace } from '../../state/useWorkspace.ts'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { StepRow, type StepRowProps } from './StepRow.tsx'
import type { StepRowOf } from './stepRows.ts'
import styles from './StepList.module.css'

export type StepListRowProps = Omit<StepRowProps, 'step' | 'actions'> & {
  readonly row: StepRowOf
  readonly store: RunStore
  /** True where a process carries the run: what waits for an attempt can be tried now. */
  readonly isCarried: boolean
  readonly onToggle: () => void
}

/** A step; one that runs for each item of a list opens its items by a press. */
export function StepListRow({ row, store, isCarried, onToggle, ...drawn }: StepListRowProps) {
  const { step, isItem, count, read, isOpen } = row
  return (
    <div className={styles.entry} data-item={isItem || undefined}>
      <StepRow
        {...drawn}
        step={step}
        actions={
          <>
            {isCarried && step.waitingOn?.kind === 'retry' && (
              <RetryNow store={store} step={step.id} />
            )}
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
                  onClick={onToggle}
                />
              </span>
            )}
          </>
        }
      />
      {isOpen && read < count && (
        <p className={styles.more}>
          {read === 0 ? 'None was read yet' : `The first ${read} of ${count}`}
          {': “Show all” is below the list.'}
        </p>
      )}
    </div>
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
        title={workspace?.readOnlyReason ?? undefined}
        onClick={() => void retryNow(step)}
      >
        Retry now
      </Button>
    </span>
  )
}
