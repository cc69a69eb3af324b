// Why a document cannot be migrated, in general, and what can be done about it.
import type { MigrationFailures, MigrationPlan, MigrationRow } from './migrationPlan.ts'

export type MigrationCause = keyof typeof remedies

/** By the cause of a problem what a person can do about it. */
const remedies = {
  'It is no whole JSON.':
    'Repair it (unstuck repair FILE): what can be read of it is kept. Or put a good copy in its place.',
  'It does not fit the shape of its version.':
    'Correct the place that is named, or put a good copy in its place.',
  'It is nested too deep.': 'Take the deepest part out, and keep it in a file of its own.',
  'It does not fit its checksum.':
    'Put a good copy in its place, or take the checksum out to accept it as it is.',
  'A run of that name is there already.':
    'Compare the two. Where it was migrated before, take the old document away.',
  'What it would become is no whole run.': 'Correct the place that is named.',
  'It is of a newer version.':
    'Open it with the Unstuck that wrote it. Its bytes can be seen here in Raw; nothing of it is changed.',
  'It is of none of our older versions.':
    'Nothing has to be done. What a foreign system wrote is imported, not migrated.',
} as const

const documentsShown = 20

/** [M15] */
export function summarisePlan(rows: readonly MigrationRow[]): Omit<MigrationPlan, 'rows'> {
  const migratable = rows.filter(({ run }) => run !== null).length
  const versions = new Map<number, number>()
  const failures = new Map<string, string[]>()
  for (const { from, cause, document } of rows) {
    versions.set(from, (versions.get(from) ?? 0) + 1)
    if (cause !== null) failures.set(cause, [...(failures.get(cause) ?? []), document])
  }
  return {
    total: rows.length,
    migratable,
    versions: [...versions]
      .toSorted(([a], [b]) => a - b)
      .map(([version, count]) => ({ version, count })),
    failures: [...failures]
      .toSorted(([, a], [, b]) => b.length - a.length)
      .map(([cause, documents]): MigrationFailures => ({
        cause,
        remedy: isKnown(cause) ? remedies[cause] : '',
        count: documents.length,
        documents: documents.slice(0, documentsShown),
      })),
    ready: migratable > 0,
  }
}

function isKnown(cause: string): cause is MigrationCause {
  return Object.hasOwn(remedies, cause)
}
