// The cleanup room promises to choose only finished runs that nobody needs, and to say why each other one stays.
import type { Timestamp } from '../../schema/json.ts'
import { endOf, type CleanupEntry } from './cleanupEntry.ts'
import type { CleanupPlan, CleanupPolicy, CleanupVictim } from './cleanupPlan.ts'
import { exemptions, type Exemption } from './exemptions.ts'
import { exceedAge, exceedCount, exceedSize, type Chosen } from './limits.ts'

export type { CleanupEntry } from './cleanupEntry.ts'

/**
 * Which runs the policy would take away, oldest first. Limits apply in turn, each to what the one before it left: age,
 * then number per workflow, then total size. Exempt runs are never chosen and do not count against the number; their
 * size counts, because it is there; that of archived runs does not, because cleaning up frees none of it.
 */
export function planCleanup(
  entries: readonly CleanupEntry[],
  policy: CleanupPolicy,
  now: Timestamp,
): CleanupPlan {
  const sorted = entries.map((entry) => ({ entry, exemption: exemptionOf(entry) }))
  const open = sorted
    .flatMap(({ entry, exemption }) => (exemption === null ? [entry] : []))
    .toSorted(byAge)

  const old = exceedAge(open, policy, now)
  const surplus = exceedCount(without(open, old), policy)
  const rest = without(without(open, old), surplus)
  const gone = sum([...old, ...surplus].map(({ entry }) => entry))
  const live = sum(entries.filter(({ archived }) => !archived))
  const large = exceedSize(rest, policy, live - gone)

  const victims = [...old, ...surplus, ...large].toSorted((one, other) =>
    byAge(one.entry, other.entry),
  )
  return {
    victims: victims.map(toVictim),
    sizeBytes: sum(victims.map(({ entry }) => entry)),
    kept: keptRows(
      sorted.map(({ exemption }) => exemption),
      open.length - victims.length,
    ),
    ready: victims.length > 0,
  }
}

/** [L110] The runs that a person chose, whatever their age, except those that no policy may take away either. */
export function planChosen(
  entries: readonly CleanupEntry[],
  runs: ReadonlySet<CleanupEntry['run']>,
): CleanupPlan {
  const chosen = entries
    .filter(({ run }) => runs.has(run))
    .map((entry) => ({ entry, exemption: exemptionOf(entry) }))
  const victims = chosen
    .flatMap(({ entry, exemption }) => (exemption === null ? [entry] : []))
    .toSorted(byAge)
  return {
    victims: victims.map((entry) => toVictim({ entry, rule: 'L110', reason: 'Chosen by hand.' })),
    sizeBytes: sum(victims),
    kept: keptRows(
      chosen.map(({ exemption }) => exemption),
      0,
    ),
    ready: victims.length > 0,
  }
}

function exemptionOf(entry: CleanupEntry): Exemption | null {
  return exemptions.find((exemption) => exemption.holds(entry)) ?? null
}

function byAge(one: CleanupEntry, other: CleanupEntry): number {
  return compareText(endOf(one), endOf(other)) || compareText(one.run, other.run)
}

function compareText(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1
}

function without(entries: readonly CleanupEntry[], chosen: readonly Chosen[]) {
  const taken = new Set(chosen.map(({ entry }) => entry.run))
  return entries.filter((entry) => !taken.has(entry.run))
}

function sum(entries: readonly CleanupEntry[]): number {
  return entries.reduce((total, entry) => total + entry.sizeBytes, 0)
}

function toVictim({ entry, rule, reason }: Chosen): CleanupVictim {
  const { run, workflow, status, sizeBytes, rev } = entry
  return { run, workflow, status, finishedAt: endOf(entry), sizeBytes, rev, rule, reason }
}

/** One row a reason, in the order of the rules; reasons that hold for no run are left out. */
function keptRows(found: readonly (Exemption | null)[], within: number): CleanupPlan['kept'] {
  const rows = exemptions.map((exemption) => ({
    rule: exemption.rule,
    reason: exemption.reason,
    count: found.filter((one) => one === exemption).length,
  }))
  const left = { rule: 'K10', reason: 'Within the limits of the policy.', count: within }
  return [...rows, left].filter(({ count }) => count > 0)
}
