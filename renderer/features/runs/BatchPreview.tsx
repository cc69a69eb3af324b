import type { BatchAction } from '../../../shared/schema/batchAction.ts'
import type { BatchItem } from '../../state/batchParts.ts'
import { DataTable, type DataColumn } from '../../ui/DataTable.tsx'
import { formatBytes } from '../../ui/formatBytes.ts'
import { formatCount } from '../../ui/formatCount.ts'
import { StatusWord } from '../../ui/StatusWord.tsx'
import { batchText, countRuns } from './batchText.ts'
import styles from './Batch.module.css'

export type BatchPreviewProps = {
  readonly action: BatchAction
  readonly items: readonly BatchItem[]
  readonly able: number
}

/** What would be done, those that are left out first, each with the reason. */
export function BatchPreview({ action, items, able }: BatchPreviewProps) {
  const text = batchText[action]
  const size = items.reduce((sum, { run, because }) => sum + (because ? 0 : run.sizeBytes), 0)
  const left = items.length - able
  return (
    <>
      <p className={styles.sentence}>
        {able === 0 ? text.none : `${countRuns(able)} (${formatBytes(size)}) ${text.would}`}
        {left > 0 &&
          able > 0 &&
          ` ${formatCount(left)} of ${formatCount(items.length)} are left out.`}
      </p>
      <div className={styles.table}>
        <DataTable
          label="What would be done"
          columns={columnsFor(text.label)}
          rows={items}
          keyOf={({ run }) => run.document}
        />
      </div>
    </>
  )
}

function columnsFor(action: string): readonly DataColumn<BatchItem>[] {
  return [
    {
      id: 'outcome',
      header: 'What happens',
      width: 130,
      cell: ({ because }) =>
        because === null ? (
          <span className={styles.will}>{action}</span>
        ) : (
          <StatusWord status="skip" />
        ),
    },
    {
      id: 'run',
      header: 'Run',
      width: 370,
      cell: ({ run }) => <code title={run.path}>{run.id}</code>,
    },
    {
      id: 'because',
      header: 'To know',
      width: 240,
      grow: true,
      cell: ({ because, note }) => <span title={because ?? note}>{because ?? note}</span>,
    },
    {
      id: 'size',
      header: 'Size',
      width: 80,
      align: 'end',
      cell: ({ run }) => formatBytes(run.sizeBytes),
    },
  ]
}
