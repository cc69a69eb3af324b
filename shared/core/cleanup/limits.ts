import type { Timestamp } from '../../schema/json.ts'
import type { CleanupPolicy } from './cleanupPlan.ts'
import { ageMsOf, dayMs, isOlder, type CleanupEntry } from './cleanupEntry.ts'

export type Chosen = {
  readonly entry: CleanupEntry
  readonly rule: string
  readonly reason: string
}

/** [K1] Runs that ended as many days ago as their outcome is kept for, or more. */
export function exceedAge(
  entries: readonly CleanupEntry[],
  policy: CleanupPolicy,
  now: Timestamp,
): readonly Chosen[] {
  return entries.flatMap((entry) => {
    const limit = daysFor(entry, policy)
    if (limit === null || !isOlder(entry, limit, now)) return []
    const age = count(Math.floor(ageMsOf(entry, now) / dayMs), 'day')
    const reason = `${age} old, kept for ${limit}.`
    return [{ entry, rule: 'K1', reason }]
  })
}

/** [K2] Runs beyond the newest N of their workflow. `entries` are sorted oldest first. */
export function exceedCount(
  entries: readonly CleanupEntry[],
  policy: CleanupPolicy,
): readonly Chosen[] {
  const newer = new Map<string, number>()
  return entries.toReversed().flatMap((entry) => {
    const most = mostFor(entry, policy)
    if (most === null) return []
    const rank = (newer.get(entry.workflow) ?? 0) + 1
    newer.set(entry.workflow, rank)
    const reason = `Beyond the newest ${most} of its workflow.`
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
  const reason = `Oldest, above ${sizeText(most)} together.`
  let left = totalBytes
  for (const entry of entries) {
    if (left <= most) break
    chosen.push({ entry, rule: 'K3', reason })
    left -= entry.sizeBytes
  }
  return chosen
}

/** [X30] What is said of a workflow goes before what is said of all. */
function daysFor({ workflow, status }: CleanupEntry, policy: CleanupPolicy): number | null {
  if (!isOutcome(status)) return null
  const own = overrideOf(policy, workflow)?.days?.[status]
  return own === undefined ? policy.days[status] : own
}

function mostFor({ workflow }: CleanupEntry, policy: CleanupPolicy): number | null {
  const own = overrideOf(policy, workflow)?.maxRunsPerWorkflow
  return own === undefined ? policy.maxRunsPerWorkflow : own
}

export function overrideOf(
  { workflows }: CleanupPolicy,
  workflow: string,
): CleanupPolicy['workflows'][string] | undefined {
  return Object.hasOwn(workflows, workflow) ? workflows[workflow] : undefined
}

/** A run ends as one of these; of any other status no policy says anything. */
export function isOutcome(status: string): status is keyof CleanupPolicy['days'] {
  return status === 'completed' || status === 'failed' || status === 'cancelled'
}

export function count(number: number, unit: string): string {
  return `${number} ${unit}${number === 1 ? '' : 's'}`
}

/** As a policy gives it, a million bytes to the megabyte. */
function sizeText(sizeBytes: number): string {
  return sizeBytes < 1e6 ? count(sizeBytes, 'byte') : `${Math.round(sizeBytes / 1e4) / 100} MB`
}
