import type { PastMigration } from '../../state/pastMigrationsStore.ts'
import type { DataColumn } from '../../ui/DataTable.tsx'
import { RunName } from '../../ui/RunName.tsx'
import { StatusWord } from '../../ui/StatusWord.tsx'
import { TimeText } from '../../ui/TimeText.tsx'

export const pastColumns: readonly DataColumn<PastMigration>[] = [
  {
    id: 'run',
    header: 'Run',
    width: 230,
    cell: (row) => <RunName id={row.run} />,
  },
  {
    id: 'document',
    header: 'Its old document',
    width: 230,
    yields: 1,
    cell: (row) => <span title={row.document}>{row.document}</span>,
  },
  {
    id: 'at',
    header: 'Migrated',
    width: 100,
    isTime: true,
    cell: (row) => <TimeText at={row.at} />,
  },
  { id: 'by', header: 'By', width: 90, yields: 2, cell: (row) => row.by },
  {
    id: 'problem',
    header: 'Rolling it back',
    width: 300,
    least: 160,
    grow: true,
    cell: (row) => (
      <span title={row.problem ?? undefined}>
        {row.problem === null ? (
          <StatusWord status="ok" word="Can be rolled back" size="s" />
        ) : (
          <StatusWord status="blocked" word={row.problem} size="s" />
        )}
      </span>
    ),
  },
]
