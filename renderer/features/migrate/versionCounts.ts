import type { MigrationPlan } from '../../../shared/core/migrate/migrationPlan.ts'

/** How many documents of which version there are: `2 of version 1, 3 of version 2`. */
export function versionCounts({ total, versions }: MigrationPlan): string | null {
  if (total === 0) return null
  const parts = versions.map(({ version, count }) =>
    version === 0
      ? `${count.toLocaleString('en')} of no version of ours`
      : `${count.toLocaleString('en')} of version ${version}`,
  )
  return `${total === 1 ? '1 old document' : `${total.toLocaleString('en')} old documents`}: ${parts.join(', ')}.`
}
