import type { BatchItemView } from '../../../shared/contract/resumeBatch.ts'
import { encodeRoute, routeOfRef } from '../../state/route.ts'
import { Badge } from '../../ui/Badge.tsx'
import type { DataColumn } from '../../ui/DataTable.tsx'
import { StatusWord } from '../../ui/StatusWord.tsx'
import { TimeText } from '../../ui/TimeText.tsx'
import { outcomeLooks } from './batchText.ts'
import styles from './BatchPage.module.css'
import { SaidText } from './SaidText.tsx'

export const batchColumns: readonly DataColumn<BatchItemView>[] = [
  {
    id: 'run',
    header: 'Run',
    width: 300,
    least: 170,
    cell: (row) => (
      <span className={styles.run}>
        <a href={encodeRoute(routeOfRef(row))} tabIndex={-1} title={row.document}>
          {row.document}
        </a>
        {row.isCanary && <Badge title="It went first">canary</Badge>}
      </span>
    ),
  },
  {
    id: 'observed',
    header: 'Observed',
    width: 140,
    cell: (row) => <StatusWord {...lookOf(row)} size="s" />,
  },
  {
    id: 'sentence',
    header: 'What it said',
    width: 320,
    least: 160,
    grow: true,
    cell: ({ sentence }) => (sentence === null ? '–' : <SaidText text={sentence} />),
  },
  {
    id: 'requested',
    header: 'Requested',
    width: 110,
    isTime: true,
    yields: 2,
    cell: ({ requestedAt }) => <TimeText at={requestedAt} />,
  },
  {
    id: 'started',
    header: 'Started',
    width: 110,
    isTime: true,
    yields: 1,
    cell: ({ startedAt }) => <TimeText at={startedAt} />,
  },
  {
    id: 'at',
    header: 'Seen',
    width: 110,
    isTime: true,
    yields: 'last',
    cell: ({ observedAt }) => <TimeText at={observedAt} />,
  },
]

function lookOf({ state, outcome, attempt }: BatchItemView) {
  if (outcome !== null) return outcomeLooks[outcome]
  const again = attempt > 1 ? ` (try ${attempt})` : ''
  if (state === 'open') return { status: 'pending', word: `Not begun${again}` }
  return {
    status: 'running',
    word: state === 'claimed' ? `Requested${again}` : `Under way${again}`,
  }
}
