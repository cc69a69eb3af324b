import type { BatchSummary } from '../../../shared/contract/resumeBatch.ts'
import { observedOf } from '../../state/batchJobStore.ts'
import { encodeRoute } from '../../state/route.ts'
import type { DataColumn } from '../../ui/DataTable.tsx'
import { formatCount } from '../../ui/formatCount.ts'
import { StatusWord } from '../../ui/StatusWord.tsx'
import { TimeText } from '../../ui/TimeText.tsx'
import { outcomeCounts, phaseLook } from './batchText.ts'
import styles from './BatchPage.module.css'

export const batchesColumns: readonly DataColumn<BatchSummary>[] = [
  {
    id: 'batch',
    header: 'Batch',
    width: 210,
    cell: ({ batch }) => (
      <span className={styles.run}>
        <a href={encodeRoute({ kind: 'batches', batch })} tabIndex={-1}>
          {batch}
        </a>
      </span>
    ),
  },
  {
    id: 'phase',
    header: 'State',
    width: 140,
    cell: (batch) => <StatusWord {...phaseLook(batch)} size="s" />,
  },
  {
    id: 'done',
    header: 'Observed',
    width: 120,
    align: 'end',
    cell: (batch) => `${formatCount(observedOf(batch))} of ${formatCount(batch.total)}`,
  },
  {
    id: 'outcomes',
    header: 'What came of them',
    width: 220,
    yields: 1,
    cell: (batch) =>
      outcomeCounts(batch)
        .map(({ count, word }) => `${formatCount(count)} ${word.toLowerCase()}`)
        .join(', '),
  },
  {
    id: 'title',
    header: 'Which runs',
    width: 220,
    least: 120,
    grow: true,
    cell: ({ title }) => <span title={title}>{title}</span>,
  },
  { id: 'by', header: 'By', width: 90, yields: 2, cell: ({ by }) => by },
  {
    id: 'at',
    header: 'Started',
    width: 110,
    isTime: true,
    yields: 'last',
    cell: ({ createdAt }) => <TimeText at={createdAt} />,
  },
]
