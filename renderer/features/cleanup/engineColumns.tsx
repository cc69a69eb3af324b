import type { EngineCleanupPlan } from '../../../shared/contract/engineCleanup.ts'
import { Badge } from '../../ui/Badge.tsx'
import type { DataColumn } from '../../ui/DataTable.tsx'
import { FileName } from './FileName.tsx'
import { formatBytes } from '../../ui/formatBytes.ts'

export const engineColumns: readonly DataColumn<EngineCleanupPlan['rows'][number]>[] = [
  {
    id: 'goes',
    header: '',
    width: 76,
    cell: ({ goes }) => (goes ? <Badge tone="warn">goes</Badge> : <Badge>stays</Badge>),
  },
  { id: 'engine', header: 'Engine', width: 150, yields: 2, cell: ({ engine }) => engine },
  {
    id: 'path',
    header: 'File',
    width: 290,
    // Its end tells it apart: the folder `history`, the time in its name.
    cell: ({ path }) => <FileName path={path} />,
  },
  {
    id: 'size',
    header: 'Size',
    width: 76,
    yields: 3,
    align: 'end',
    cell: ({ sizeBytes }) => formatBytes(sizeBytes),
  },
  {
    id: 'reason',
    header: 'Why',
    width: 160,
    grow: true,
    cell: ({ reason }) => <span title={reason}>{reason}</span>,
  },
]
