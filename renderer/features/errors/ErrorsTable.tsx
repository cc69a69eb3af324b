import { useMemo } from 'react'
import type { ErrorGroup } from '../../../shared/contract/errors.ts'
import type { ErrorsState } from '../../state/errorsStore.ts'
import { wholeErrorLabels } from '../../state/errorLabels.ts'
import { useMask } from '../../state/useMask.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { ErrorPanel } from '../../ui/ErrorPanel.tsx'
import { formatCount } from '../../ui/formatCount.ts'
import { Spinner } from '../../ui/Spinner.tsx'
import { SplitPane } from '../../ui/SplitPane.tsx'
import { errorColumns } from './errorColumns.tsx'
import { ErrorPane } from './ErrorPane.tsx'
import styles from './ErrorsPage.module.css'

export type ErrorsTableProps = {
  readonly state: ErrorsState
  readonly onChoose: (error: string) => void
}

/** The errors, the open ones first, and all that is known of the one that is chosen. */
export function ErrorsTable({ state, onChoose }: ErrorsTableProps) {
  const { list, detail, filter, problem } = state
  const mask = useMask()
  const { groups, total } = list.kind === 'ready' ? list.value : none
  const columns = useMemo(() => {
    const errors = groups.map(({ error }) => error)
    const labels = new Map(wholeErrorLabels(errors).map((label, index) => [errors[index], label]))
    return errorColumns({ shown: mask.text, labelOf: (error) => labels.get(error) ?? error })
  }, [mask, groups])
  const shown = detail.kind === 'ready' ? detail.value.error : null
  return (
    <SplitPane
      label="Width of the error"
      direction="row"
      fixed="end"
      initial={390}
      min={340}
      start={
        <div className={styles.list}>
          <DataTable
            label="Errors"
            columns={columns}
            rows={groups}
            content={filter}
            keyOf={keyOf}
            selected={shown}
            onSelect={({ error }) => onChoose(error)}
            takesFocus
          />
          {total > groups.length && (
            <p className={styles.sum}>
              The first {formatCount(groups.length)} of {formatCount(total)}. Search to see others.
            </p>
          )}
        </div>
      }
      end={
        detail.kind === 'ready' ? (
          <ErrorPane
            key={detail.value.error}
            detail={detail.value}
            problem={problem ?? detail.problem}
            onDecide={(said, reason) => state.decide(detail.value.error, said, reason)}
          />
        ) : detail.kind === 'failed' ? (
          <ErrorPanel error={detail.error} onRetry={() => void state.refresh()} />
        ) : (
          <Spinner label="Reading what was tried" />
        )
      }
    />
  )
}

function keyOf({ error }: ErrorGroup): string {
  return error
}

const none = { groups: [], total: 0 }
