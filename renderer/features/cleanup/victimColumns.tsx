import type { CleanupPlan } from '../../../shared/core/cleanup/cleanupPlan.ts'
import { encodeRoute, runRoute } from '../../state/route.ts'
import type { DataColumn } from '../../ui/DataTable.tsx'
import { formatBytes } from '../../ui/formatBytes.ts'
import { RunName } from '../../ui/RunName.tsx'
import { StatusWord } from '../../ui/StatusWord.tsx'
import { TimeText } from '../../ui/TimeText.tsx'

const verbs = { trash: 'To trash', archive: 'Archive', thin: 'Thin' } as const

export const victimColumns: readonly DataColumn<CleanupPlan['victims'][number]>[] = [
  {
    id: 'run',
    header: 'Run',
    width: 236,
    cell: (row) => (
      <a href={encodeRoute(runRoute(row.run))} aria-label={row.run}>
        <RunName id={row.run} />
      </a>
    ),
  },
  {
    id: 'action',
    header: 'What',
    width: 76,
    cell: (row) => verbs[row.action],
  },
  { id: 'workflow', header: 'Workflow', width: 120, yields: 1, cell: (row) => row.workflow },
  {
    id: 'status',
    header: 'Status',
    width: 116,
    yields: 2,
    cell: (row) => <StatusWord status={row.status} size="s" />,
  },
  {
    id: 'ended',
    header: 'Ended',
    width: 84,
    isTime: true,
    yields: 4,
    cell: (row) => <TimeText at={row.finishedAt} />,
  },
  {
    id: 'size',
    header: 'Size',
    width: 76,
    yields: 3,
    align: 'end',
    cell: (row) => formatBytes(row.sizeBytes),
  },
  {
    id: 'reason',
    header: 'Why',
    width: 290,
    grow: true,
    cell: (row) => <span title={row.reason}>{row.reason}</span>,
  },
]
