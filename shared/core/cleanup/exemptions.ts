import type { CleanupEntry } from './cleanupEntry.ts'

/** What of a run decides whether it may go. */
export type ExemptionFacts = Pick<
  CleanupEntry,
  'archived' | 'healthy' | 'locked' | 'liveness' | 'pinned' | 'hasLiveFork'
> & { readonly status: string }

/** A reason why no policy takes a run away. The first that holds is the one that is told. */
export type Exemption = {
  readonly rule: string
  readonly reason: string
  readonly holds: (entry: ExemptionFacts) => boolean
}

const restful: readonly string[] = ['completed', 'failed', 'cancelled']

export const exemptions: readonly Exemption[] = [
  {
    rule: 'K20',
    reason: 'In the archive: it takes little room there.',
    holds: (entry) => entry.archived,
  },
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
    holds: (entry) => !restful.includes(entry.status),
  },
  {
    rule: 'K7',
    reason: 'Perhaps still carried by a process.',
    holds: (entry) => entry.liveness !== 'none',
  },
  { rule: 'K8', reason: 'Pinned.', holds: (entry) => entry.pinned },
  {
    rule: 'K9',
    reason: 'A run that was forked from it is not finished.',
    holds: (entry) => entry.hasLiveFork,
  },
]
