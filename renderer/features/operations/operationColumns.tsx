import type { OperationEntry } from '../../../shared/contract/upkeep.ts'
import { operationWords } from '../../../shared/core/operations/operationWords.ts'
import type { DataColumn } from '../../ui/DataTable.tsx'
import { RunName } from '../../ui/RunName.tsx'
import { StatusWord } from '../../ui/StatusWord.tsx'
import { TimeText } from '../../ui/TimeText.tsx'
import { outcomeOf } from './outcomeOf.ts'

export const operationColumns: readonly DataColumn<OperationEntry>[] = [
  {
    id: 'at',
    header: 'When',
    width: 108,
    isTime: true,
    cell: ({ requestedAt, observedAt }) => <TimeText at={requestedAt ?? observedAt} />,
  },
  {
    id: 'outcome',
    header: 'Outcome',
    width: 108,
    cell: (row) => <StatusWord {...outcomeOf(row)} />,
  },
  {
    id: 'call',
    header: 'What',
    width: 132,
    cell: ({ call }) => <span title={call}>{operationWords(call)}</span>,
  },
  {
    id: 'item',
    header: 'On',
    width: 240,
    least: 100,
    grow: true,
    cell: ({ item, run }) => <RunName id={run ?? item} />,
  },
  {
    id: 'reason',
    header: 'Why',
    width: 180,
    yields: 2,
    cell: ({ reason }) => <span title={reason}>{reason ?? '—'}</span>,
  },
  {
    id: 'by',
    header: 'Who',
    width: 120,
    yields: 1,
    cell: ({ by, host }) => <span title={host === null ? by : `${by} on ${host}`}>{by}</span>,
  },
]
