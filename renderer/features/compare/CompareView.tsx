import { useStore } from 'zustand'
import { useClient } from '../../client/ClientProvider.tsx'
import { createCompareStore, type CompareSides } from '../../state/compareStore.ts'
import { usePageStore } from '../../state/usePageStore.ts'
import { Button } from '../../ui/Button.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { Changes } from './Changes.tsx'
import styles from './CompareView.module.css'

export type CompareViewProps = CompareSides

/** Two sides, until what differs between them is known. */
export function CompareView({ left, right }: CompareViewProps) {
  const client = useClient()
  const areTwoRuns = left.ref.document !== right.ref.document
  const store = usePageStore('comparison', () =>
    createCompareStore(client, { left, right }, { steady: areTwoRuns }),
  )
  const { comparison, phase, retry, cancel } = useStore(store)
  if (comparison.kind === 'failed') {
    return <ErrorPanel error={comparison.error} onRetry={() => void retry()} />
  }
  if (comparison.kind === 'loading') {
    return (
      <div className={styles.waiting}>
        <Spinner label={phase === 'comparing' ? 'Comparing' : 'Reading both sides'} />
        <span className={styles.late}>
          <Button size="s" icon="close" onClick={cancel}>
            Cancel
          </Button>
        </span>
      </div>
    )
  }
  return (
    <Changes
      store={store}
      sides={{ left, right }}
      comparison={comparison.value}
      problem={comparison.problem}
      areTwoRuns={areTwoRuns}
    />
  )
}
