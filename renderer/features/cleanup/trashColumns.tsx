import type { TrashEntry } from '../../../shared/contract/plans.ts'
import type { DataColumn } from '../../ui/DataTable.tsx'
import { formatBytes } from '../../ui/formatBytes.ts'
import { TimeText } from '../../ui/TimeText.tsx'
import styles from './CleanupPage.module.css'

export type TrashSelection = {
  readonly selected: readonly string[]
  readonly onSelect: (selected: readonly string[]) => void
  /** Ids of the entries that may be deleted for good. */
  readonly expired: ReadonlySet<string>
}

export function trashColumns(selection: TrashSelection): readonly DataColumn<TrashEntry>[] {
  const { selected, onSelect, expired } = selection
  return [
    {
      id: 'selected',
      header: '',
      width: 48,
      cell: (row) => (
        <input
          type="checkbox"
          aria-label={`Select ${trashName(row)}`}
          checked={selected.includes(row.id)}
          onChange={(event) => {
            const others = selected.filter((id) => id !== row.id)
            onSelect(event.target.checked ? [...others, row.id] : others)
          }}
        />
      ),
    },
    {
      id: 'run',
      header: 'Run',
      width: 304,
      cell: (row) => {
        const name = trashName(row)
        return <span title={name}>{name}</span>
      },
    },
    {
      id: 'workflow',
      header: 'Workflow',
      width: 120,
      yields: 1,
      cell: (row) => row.workflow ?? '—',
    },
    { id: 'at', header: 'Moved', width: 90, isTime: true, cell: (row) => <TimeText at={row.at} /> },
    {
      id: 'expires',
      header: 'Expires',
      width: 100,
      isTime: true,
      cell: (row) => (
        <span className={expired.has(row.id) ? styles.expired : undefined}>
          <TimeText at={row.expiresAt} />
        </span>
      ),
    },
    {
      id: 'size',
      header: 'Size',
      width: 76,
      align: 'end',
      cell: (row) => formatBytes(row.sizeBytes),
    },
    {
      id: 'reason',
      header: 'Why',
      width: 150,
      grow: true,
      cell: (row) => <span title={row.reason}>{row.reason}</span>,
    },
  ]
}

/** What an entry is called where it is listed. */
export function trashName({ kind, run, document }: TrashEntry): string {
  if (kind === 'run') return run ?? ''
  if (document !== undefined) return document
  if (kind === 'thinned') return `Journal of ${run ?? ''} before it was thinned`
  return run === null ? 'Left-over files' : `Left-over files of ${run}`
}
