import type { JournalReading } from '../../shared/schema/journalReading.ts'
import type { LostSteps } from '../../shared/schema/lostSteps.ts'

/** [R92] What the last repair could not tell of steps; null once the run went on: whoever let it knew. */
export function findLost(journal: Pick<JournalReading, 'records'> | null): LostSteps | null {
  const last = journal?.records.findLast(
    (item) =>
      item.kind === 'known' &&
      (item.record.type === 'runResumed' ||
        (item.record.type === 'repaired' && (item.record.lost ?? null) !== null)),
  )
  if (last?.kind !== 'known' || last.record.type !== 'repaired') return null
  return last.record.lost ?? null
}
