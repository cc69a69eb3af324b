import type { ArchiveRows } from '../../../shared/contract/archive.ts'
import { count, size } from '../text/quantities.ts'
import { describeRows } from './rows.ts'

/** A line a run, and what it came to when anything was moved. */
export function describeArchived(
  { rows, archiveBytes, plainBytes }: ArchiveRows,
  { verb }: { readonly verb: string },
): readonly string[] {
  // A cause says of a row that is done that nothing had to be moved.
  const done = rows.filter(({ outcome, cause }) => outcome === 'done' && cause === null).length
  if (done === 0) return describeRows(rows)
  const sizes = `${size(plainBytes)} of files, ${size(archiveBytes)} in the archive`
  return [...describeRows(rows), `${count(done, 'run')} ${verb}: ${sizes}`]
}
