import { useStore } from 'zustand'
import { useClient } from '../../client/ClientProvider.tsx'
import { createStorageStore, type Measuring } from '../../state/storageStore.ts'
import { usePageStore } from '../../state/usePageStore.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { formatBytes } from '../../ui/formatBytes.ts'
import { Spinner } from '../../ui/Spinner.tsx'
import { StorageView } from './StorageView.tsx'
import styles from './StorageTab.module.css'

/** What the runs take on the disk. */
export function StorageTab() {
  const client = useClient()
  const store = usePageStore('storage', () => createStorageStore(client))
  const { breakdown, measuring, error, measure, cancel } = useStore(store)
  const again = () => void measure()
  if (error !== null) return <ErrorPanel error={error} onRetry={again} />
  if (breakdown === null) {
    if (measuring === null) return <NotMeasured onMeasure={again} />
    return (
      <div className={styles.tab}>
        <MeasuringLine measuring={measuring} onCancel={cancel} />
      </div>
    )
  }
  return (
    <div className={styles.tab}>
      <StorageView
        breakdown={breakdown}
        actions={
          measuring === null ? (
            <Button size="s" icon="refresh" onClick={again}>
              Measure again
            </Button>
          ) : (
            <MeasuringLine measuring={measuring} onCancel={cancel} />
          )
        }
      />
    </div>
  )
}

function NotMeasured({ onMeasure }: { readonly onMeasure: () => void }) {
  return (
    <EmptyState
      icon="info"
      title="Not measured"
      actions={
        <Button icon="refresh" onClick={onMeasure}>
          Measure
        </Button>
      }
    >
      The measurement was stopped before its end.
    </EmptyState>
  )
}

type MeasuringLineProps = { readonly measuring: Measuring; readonly onCancel: () => void }

function MeasuringLine({ measuring: { progress }, onCancel }: MeasuringLineProps) {
  const soFar =
    progress === null
      ? ''
      : `, ${progress.files.toLocaleString('en')} files and ${formatBytes(progress.bytes)} so far`
  return (
    <div className={styles.measuring}>
      <Spinner label={`Measuring${soFar}`} size="s" />
      <Button size="s" variant="quiet" icon="close" onClick={onCancel}>
        Cancel
      </Button>
    </div>
  )
}
