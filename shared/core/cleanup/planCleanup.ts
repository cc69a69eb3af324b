// The cleanup room promises to choose only finished runs that nobody needs, and to say why each other one stays.
import type { Timestamp } from '../../schema/json.ts'
import { endOf, isOlder, type CleanupEntry } from './cleanupEntry.ts'
import type {
  CleanupAction,
  CleanupPlan,
  CleanupPolicy,
  CleanupSum,
  CleanupVictim,
} from './cleanupPlan.ts'
import { exemptions, stayingOf, type Staying } from './exemptions.ts'
import { count, exceedAge, exceedCount, exceedSize, type Chosen } from './limits.ts'

export type { CleanupEntry } from './cleanupEntry.ts'

/** What thinning would do to one run; it is found out by reading it. */
export type Thinning = {
  readonly kept: number
  readonly gone: number
  readonly savedBytes: number
}

/**
 * Which runs the policy would take away, oldest first. Limits apply in turn, each to what the one before it left: age,
 * then number per workflow, then total size. Exempt runs are never chosen and do not count against the number; their
 * size counts, because it is there; that of archived runs does not, because cleaning up frees none of it.
 */
export function planCleanup(
  entries: readonly CleanupEntry[],
  policy: CleanupPolicy,
  now: Timestamp,
  thinnings: ReadonlyMap<string, Thinning> = new Map(),
): CleanupPlan {
  const { open, staying, victims: gone } = chooseRuns(entries, policy, now)
  const thinned = without(open, gone)
    .filter((entry) => isThinnable(entry, policy, now))
    .flatMap((entry) => thinVictim(entry, thinnings.get(entry.run)))
  const action = (entry: CleanupEntry): CleanupAction => actionFor(entry, policy, now)
  const victims = [
    ...gone.map((chosen) => toVictim(chosen, action(chosen.entry))),
    ...thinned,
  ].toSorted(byEnd)
  const taken = new Set(victims.map(({ run }) => run))
  const others = open.filter(({ run }) => !taken.has(run))
  return planOf(victims, [...staying, ...others.map(({ run }) => ({ run, ...within }))])
}

/** [L110] The runs that a person chose, whatever their age, except those that no policy may take away either. */
export function planChosen(
  entries: readonly CleanupEntry[],
  runs: ReadonlySet<CleanupEntry['run']>,
): CleanupPlan {
  const chosen = entries.filter(({ run }) => runs.has(run))
  const reasons = chosen.map((entry) => exemptions.find(({ holds }) => holds(entry)) ?? null)
  const staying = chosen.flatMap(({ run }, index) => keptFor(run, reasons[index] ?? null))
  const victims = chosen
    .filter((_, index) => reasons[index] === null)
    .map((entry) => toVictim({ entry, rule: 'L110', reason: 'Chosen by hand.' }, 'trash'))
    .toSorted(byEnd)
  return planOf(victims, staying)
}

/** [X32] Runs that stay and are old enough to be looked at for checkpoints that may go. */
export function findThinnable(
  entries: readonly CleanupEntry[],
  policy: CleanupPolicy,
  now: Timestamp,
): readonly CleanupEntry[] {
  if (policy.thin === null) return []
  const { open, victims } = chooseRuns(entries, policy, now)
  return without(open, victims).filter((entry) => isThinnable(entry, policy, now))
}

function chooseRuns(entries: readonly CleanupEntry[], policy: CleanupPolicy, now: Timestamp) {
  const reasons = entries.map((entry) => stayingOf(entry, policy, now))
  const open = entries.filter((_, index) => reasons[index] === null).toSorted(byAge)
  const packed = open.filter(({ archived }) => archived)
  const plain = open.filter(({ archived }) => !archived)

  const old = exceedAge(plain, policy, now)
  const surplus = exceedCount(without(plain, old), policy)
  const rest = without(without(plain, old), surplus)
  const gone = sum([...old, ...surplus].map(({ entry }) => entry))
  const live = sum(entries.filter(({ archived }) => !archived))
  const large = exceedSize(rest, policy, live - gone)

  const kept = policy.archive?.days ?? 0
  const reason = `Archived, ended ${count(kept, 'day')} ago or more.`
  const unpacked = packed.map((entry): Chosen => ({ entry, rule: 'X31', reason }))
  return {
    open,
    staying: entries.flatMap(({ run }, index) => keptFor(run, reasons[index] ?? null)),
    victims: [...old, ...surplus, ...large, ...unpacked],
  }
}

/** [X31] What is so old that it would leave the archive at once does not go there. */
function actionFor(entry: CleanupEntry, { archive }: CleanupPolicy, now: Timestamp): CleanupAction {
  if (archive === null || entry.archived) return 'trash'
  return archive.days !== null && isOlder(entry, archive.days, now) ? 'trash' : 'archive'
}

function isThinnable(entry: CleanupEntry, { thin }: CleanupPolicy, now: Timestamp): boolean {
  if (thin === null || entry.hasForks) return false
  return entry.checkpoints > 2 && isOlder(entry, thin.days, now)
}

function thinVictim(entry: CleanupEntry, thinning: Thinning | undefined): readonly CleanupVictim[] {
  if (thinning === undefined || thinning.gone === 0) return []
  const { kept, gone, savedBytes: sizeBytes } = thinning
  const reason = `${count(gone, 'checkpoint')} of ${kept + gone} may go; the first, the last, named ones and those before a failure stay.`
  const victim = toVictim({ entry, rule: 'X32', reason }, 'thin')
  return [{ ...victim, sizeBytes, checkpoints: { kept, gone } }]
}

function byAge(one: CleanupEntry, other: CleanupEntry): number {
  return compareText(endOf(one), endOf(other)) || compareText(one.run, other.run)
}

function byEnd(one: CleanupVictim, other: CleanupVictim): number {
  return compareText(one.finishedAt, other.finishedAt) || compareText(one.run, other.run)
}

function compareText(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1
}

function without(entries: readonly CleanupEntry[], chosen: readonly Chosen[]) {
  const taken = new Set(chosen.map(({ entry }) => entry.run))
  return entries.filter((entry) => !taken.has(entry.run))
}

function sum(entries: readonly { readonly sizeBytes: number }[]): number {
  return entries.reduce((total, entry) => total + entry.sizeBytes, 0)
}

function toVictim({ entry, rule, reason }: Chosen, action: CleanupAction): CleanupVictim {
  const { run, workflow, status, sizeBytes, rev } = entry
  const finishedAt = endOf(entry)
  return {
    run,
    workflow,
    status,
    action,
    finishedAt,
    sizeBytes,
    checkpoints: null,
    rev,
    rule,
    reason,
  }
}

function planOf(victims: readonly CleanupVictim[], staying: readonly Kept[]): CleanupPlan {
  const sumOf = (action: CleanupAction): CleanupSum => {
    const found = victims.filter((victim) => victim.action === action)
    return { count: found.length, sizeBytes: sum(found) }
  }
  return {
    victims: [...victims],
    total: victims.length,
    sizeBytes: sum(victims),
    sums: { trash: sumOf('trash'), archive: sumOf('archive'), thin: sumOf('thin') },
    kept: keptRows(staying),
    ready: victims.length > 0,
  }
}

/** [K13] The first by name, whatever the order in which they come; the others are counted, there can be very many. */
function name(runs: CleanupEntry['run'][], run: CleanupEntry['run']): void {
  const last = runs.at(-1)
  if (runs.length >= mostKeptNamed && last !== undefined && last <= run) return
  runs.push(run)
  runs.sort(compareText)
  if (runs.length > mostKeptNamed) runs.pop()
}

const mostKeptNamed = 20

const within: Staying = { rule: 'K10', reason: 'Within the limits of the policy.' }

type Kept = Staying & { readonly run: CleanupEntry['run'] }

function keptFor(run: CleanupEntry['run'], why: Staying | null): readonly Kept[] {
  return why === null ? [] : [{ run, rule: why.rule, reason: why.reason }]
}

/** One row a reason, in the order of the rules; reasons that hold for no run are left out. */
function keptRows(staying: readonly Kept[]): CleanupPlan['kept'] {
  const counts = new Map<string, CleanupPlan['kept'][number]>()
  for (const { rule, reason, run } of staying) {
    const row = counts.get(rule) ?? { rule, reason, count: 0, runs: [] }
    row.count += 1
    name(row.runs, run)
    counts.set(rule, row)
  }
  const order = [...exemptions.map(({ rule }) => rule), 'X29', 'X30', 'K10']
  return order.flatMap((rule) => counts.get(rule) ?? [])
}
