import type { MigrationRow } from '../../../shared/core/migrate/migrationPlan.ts'

/** How many documents of which version there are: `2 of version 1, 3 of version 2`. */
export function versionCounts(rows: readonly MigrationRow[]): string {
  const counts = new Map<number, number>()
  for (const { from } of rows) counts.set(from, (counts.get(from) ?? 0) + 1)
  const parts = [...counts]
    .toSorted(([a], [b]) => a - b)
    .map(([version, count]) => `${count.toLocaleString('en')} of version ${version}`)
  return `${rows.length === 1 ? '1 old document' : `${rows.length.toLocaleString('en')} old documents`}: ${parts.join(', ')}.`
}
