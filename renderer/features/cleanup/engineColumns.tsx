import type { EngineCleanupPlan } from '../../../shared/contract/documents.ts'
import { Badge } from '../../ui/Badge.tsx'
import type { DataColumn } from '../../ui/DataTable.tsx'
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
    width: 300,
    cell: ({ path }) => <span title={path}>{path.slice(path.lastIndexOf('/') + 1)}</span>,
  },
  {
    id: 'folder',
    header: 'Folder',
    width: 150,
    yields: 1,
    cell: ({ path }) => (
      <span title={path}>{path.slice(0, Math.max(0, path.lastIndexOf('/'))) || '–'}</span>
    ),
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
    width: 200,
    grow: true,
    cell: ({ reason }) => <span title={reason}>{reason}</span>,
  },
]
