import type { Timestamp } from '../../schema/json.ts'
import { isOlder, type CleanupEntry } from './cleanupEntry.ts'
import type { CleanupPolicy } from './cleanupPlan.ts'
import { count, isOutcome, overrideOf } from './limits.ts'

/** What of a run decides whether it may go. */
export type ExemptionFacts = Pick<
  CleanupEntry,
  'archived' | 'healthy' | 'locked' | 'liveness' | 'pinned' | 'hasLiveFork' | 'sealed'
> & { readonly status: string }

/** A reason why a run stays, by the rule that says so. */
export type Staying = { readonly rule: string; readonly reason: string }

/** A reason why no policy takes a run away. The first that holds is the one that is told. */
export type Exemption = Staying & { readonly holds: (entry: ExemptionFacts) => boolean }

/** By which rows and plans know a run that is encrypted in the archive. */
export const sealedRule = 'E219'

const archived: Exemption = {
  rule: 'K20',
  reason: 'In the archive: it takes little room there.',
  holds: (entry) => entry.archived,
}

/** Also of runs in the archive. */
const always: readonly Exemption[] = [
  {
    rule: 'K4',
    reason: 'Damaged or of another version: it stays until it is repaired or migrated.',
    holds: (entry) => !entry.healthy,
  },
  {
    rule: 'K5',
    reason: 'Locked: a process holds it, or left its lock when it ended.',
    holds: (entry) => entry.locked,
  },
  {
    rule: 'K6',
    reason: 'Not finished: only completed, failed and cancelled runs are taken away.',
    holds: (entry) => !isOutcome(entry.status),
  },
  {
    rule: 'K7',
    reason: 'Perhaps still carried by a process.',
    holds: (entry) => entry.liveness !== 'none',
  },
  {
    rule: sealedRule,
    reason: 'Encrypted in the archive: only who has its passphrase can bring it back.',
    holds: (entry) => entry.sealed === true,
  },
  { rule: 'K8', reason: 'Pinned.', holds: (entry) => entry.pinned },
  {
    rule: 'K9',
    reason: 'A run that was forked from it is not finished.',
    holds: (entry) => entry.hasLiveFork,
  },
]

export const exemptions: readonly Exemption[] = [archived, ...always]

/** Why a run stays whatever else the policy says; null where its limits decide. */
export function stayingOf(
  entry: CleanupEntry,
  policy: CleanupPolicy,
  now: Timestamp,
): Staying | null {
  const { minDays, archive } = policy
  const mayLeaveArchive =
    entry.archived && archive !== null && archive.days !== null && isOlder(entry, archive.days, now)
  const found = (mayLeaveArchive ? always : exemptions).find(({ holds }) => holds(entry))
  if (found !== undefined) return found
  if (minDays !== null && !isOlder(entry, minDays, now))
    return { rule: 'X29', reason: `Ended less than ${count(minDays, 'day')} ago.` }
  if (overrideOf(policy, entry.workflow)?.keepAll === true)
    return { rule: 'X30', reason: 'All runs of its workflow are kept.' }
  return null
}
