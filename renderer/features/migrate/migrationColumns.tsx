import type { MigrationRow } from '../../../shared/core/migrate/migrationPlan.ts'
import type { DataColumn } from '../../ui/DataTable.tsx'
import { formatBytes } from '../../ui/formatBytes.ts'
import { StatusWord } from '../../ui/StatusWord.tsx'

export const migrationColumns: readonly DataColumn<MigrationRow>[] = [
  {
    id: 'document',
    header: 'Document',
    width: 260,
    cell: (row) => <span title={row.document}>{row.document}</span>,
  },
  { id: 'version', header: 'Version', width: 84, cell: (row) => `${row.from} → ${row.to}` },
  {
    id: 'run',
    header: 'Becomes run',
    width: 210,
    yields: 2,
    cell: (row) => <span title={row.run ?? undefined}>{row.run ?? '—'}</span>,
  },
  {
    id: 'size',
    header: 'Size',
    width: 72,
    yields: 1,
    align: 'end',
    cell: (row) => formatBytes(row.source.sizeBytes),
  },
  {
    id: 'notes',
    header: 'Notes',
    width: 260,
    grow: true,
    cell: (row) =>
      row.problem === null ? (
        <span title={row.notes.join('\n')}>{row.notes.join(' ')}</span>
      ) : (
        <span title={row.problem}>
          <StatusWord status="error" word={row.problem} size="s" />
        </span>
      ),
  },
]
