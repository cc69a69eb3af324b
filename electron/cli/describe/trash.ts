import type { TrashEntry } from '../../../shared/contract/plans.ts'
import { printable } from '../text/printable.ts'
import { age, count, size, time } from '../text/quantities.ts'
import { table } from '../text/table.ts'

/** A line an entry, and how many there are. */
export function describeTrash(entries: readonly TrashEntry[], now: number): readonly string[] {
  if (entries.length === 0) return ['The trash is empty.']
  const rows = entries.map((entry) => [
    printable(entry.id),
    trashName(entry),
    `${age(entry.at, now)} ago`,
    size(entry.sizeBytes),
    time(entry.expiresAt),
    printable(entry.reason),
  ])
  const head = ['ENTRY', 'RUN', 'MOVED', 'SIZE', 'KEPT UNTIL', 'WHY']
  return [...table([head, ...rows]), count(entries.length, 'entry', 'entries')]
}

export function trashName({ kind, run, document }: TrashEntry): string {
  if (kind === 'run') return printable(run ?? '-')
  if (document !== undefined) return printable(document)
  if (kind === 'thinned') return `${printable(run ?? '-')} (its journal before it was thinned)`
  return run === null ? '(left-over files)' : `(left-over files of ${printable(run)})`
}
