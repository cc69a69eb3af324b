import type { Timestamp } from '../../schema/json.ts'
import type { CleanupPolicy } from './cleanupPlan.ts'
import { endOf, type CleanupEntry } from './cleanupEntry.ts'

export type Chosen = {
  readonly entry: CleanupEntry
  readonly rule: string
  readonly reason: string
}

/** [K1] Runs that ended as many days ago as their outcome is kept for, or more. */
export function exceedAge(
  entries: readonly CleanupEntry[],
  { days }: CleanupPolicy,
  now: Timestamp,
): readonly Chosen[] {
  return entries.flatMap((entry) => {
    const limit = isOutcome(entry.status) ? days[entry.status] : null
    const ageMs = Date.parse(now) - Date.parse(endOf(entry))
    if (limit === null || !(ageMs >= limit * dayMs)) return []
    const age = count(Math.floor(ageMs / dayMs), 'day')
    const reason = `${capital(entry.status)} ${age} ago; such runs are kept for ${count(limit, 'day')}.`
    return [{ entry, rule: 'K1', reason }]
  })
}

/** [K2] Runs beyond the newest N of their workflow. `entries` are sorted oldest first. */
export function exceedCount(
  entries: readonly CleanupEntry[],
  { maxRunsPerWorkflow: most }: CleanupPolicy,
): readonly Chosen[] {
  if (most === null) return []
  const newer = new Map<string, number>()
  const reason = `Not among the newest ${count(most, 'finished run')} of its workflow.`
  return entries.toReversed().flatMap((entry) => {
    const rank = (newer.get(entry.workflow) ?? 0) + 1
    newer.set(entry.workflow, rank)
    return rank > most ? [{ entry, rule: 'K2', reason }] : []
  })
}

/** [K3] The oldest runs, until what is left fits the size. `entries` are sorted oldest first. */
export function exceedSize(
  entries: readonly CleanupEntry[],
  { maxBytes: most }: CleanupPolicy,
  totalBytes: number,
): readonly Chosen[] {
  if (most === null) return []
  const chosen: Chosen[] = []
  const reason = `Among the oldest, while all runs together take more than ${count(most, 'byte')}.`
  let left = totalBytes
  for (const entry of entries) {
    if (left <= most) break
    chosen.push({ entry, rule: 'K3', reason })
    left -= entry.sizeBytes
  }
  return chosen
}

const dayMs = 86_400_000

function isOutcome(status: string): status is keyof CleanupPolicy['days'] {
  return status === 'completed' || status === 'failed' || status === 'cancelled'
}

function count(number: number, unit: string): string {
  return `${number} ${unit}${number === 1 ? '' : 's'}`
}

function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1)
}
