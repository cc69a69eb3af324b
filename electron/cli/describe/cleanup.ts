import type { CallOutput } from '../../../shared/contract/contract.ts'
import type { CleanupPlan } from '../../../shared/core/cleanup/cleanupPlan.ts'
import { printable } from '../text/printable.ts'
import { age, count, size, time } from '../text/quantities.ts'
import { section, table } from '../text/table.ts'

/** Every victim with its reason, the sums, and why the others stay. */
export function describeCleanup(
  { plan, digest, asOf }: CallOutput<'cleanup.plan'>,
  now: number,
): readonly string[] {
  const rows = plan.victims.map((victim) => [
    verbs[victim.action],
    victim.status,
    printable(victim.run),
    age(victim.finishedAt, now),
    size(victim.sizeBytes),
    printable(victim.reason),
  ])
  const kept = plan.kept.map(({ count: runs, reason, runs: [first = '', ...others] }) => [
    String(runs),
    printable(reason),
    others.length === 0 ? printable(first) : `${printable(first)}, …`,
  ])
  const hint =
    plan.total === 0
      ? []
      : [
          '',
          'Do it: the same command with --apply',
          `Exactly this and nothing else: --apply --as-of ${asOf} --digest ${digest}`,
        ]
  return [...table(rows), ...sumLines(plan), ...section('Stays', table(kept)), ...hint]
}

const verbs = { trash: 'trash', archive: 'archive', thin: 'thin' } as const

function sumLines({ sums }: CleanupPlan): readonly string[] {
  const { trash, archive, thin } = sums
  return [
    `${count(trash.count, 'run')} would go to the trash, ${size(trash.sizeBytes)}.`,
    ...(archive.count === 0
      ? []
      : [`${count(archive.count, 'run')} would be archived, ${size(archive.sizeBytes)} before.`]),
    ...(thin.count === 0
      ? []
      : [`${count(thin.count, 'run')} would be thinned, by ${size(thin.sizeBytes)}.`]),
  ]
}

/** The saved policy, and what came of it last. */
export function describeCleanupSettings(
  saved: CallOutput<'cleanup.settings.get'>,
): readonly string[] {
  const { retention, schedule, trashDays, isSaved, problem, lastRun } = saved
  const policy = isSaved
    ? [`Policy in unstuck.json: ${printable(JSON.stringify(retention))}`]
    : ['No policy is saved. Save one: unstuck cleanup --completed-days 30 --save']
  const last =
    lastRun === null
      ? []
      : [
          `Last by schedule: ${time(lastRun.startedAt)} on ${printable(lastRun.host)}, ${count(lastRun.done, 'run')} done, ${lastRun.left} left, ${size(lastRun.freedBytes)}.`,
          ...(lastRun.problem === null ? [] : [`It was cut: ${printable(lastRun.problem)}`]),
        ]
  return [
    ...(problem === null ? [] : [printable(problem)]),
    ...policy,
    `Schedule: ${schedule}. The trash is kept for ${count(trashDays, 'day')}.`,
    ...last,
  ]
}
