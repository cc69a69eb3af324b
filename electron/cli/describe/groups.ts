import type { CallOutput } from '../../../shared/contract/contract.ts'
import type { GroupBy } from '../../../shared/schema/runCondition.ts'
import type { Paint } from '../text/paint.ts'
import { shortened } from '../text/printable.ts'
import { age } from '../text/quantities.ts'
import { table } from '../text/table.ts'

/** A line a group, the largest first. */
export function describeGroups(
  { groups, total, runs }: CallOutput<'run.groups'>,
  { by, paint, now }: { readonly by: GroupBy; readonly paint: Paint; readonly now: number },
): readonly string[] {
  if (runs === 0) return ['Nothing matches.']
  const head = ['RUNS', 'CHANGED', by.toUpperCase(), 'STATUSES'].map((title) =>
    paint('bold', title),
  )
  const rows = groups.map(({ value, workflow, count, statuses, newestAt }) => [
    String(count),
    age(newestAt, now),
    shortened(`${workflow === undefined ? '' : `${workflow ?? '-'} `}${value ?? '-'}`, 100),
    Object.entries(statuses)
      .map(([status, some]) => `${shortened(status, 20)} ${some}`)
      .join(', '),
  ])
  const shown = groups.length < total ? `${groups.length} of ${total} groups` : `${total} groups`
  return [...table([head, ...rows]), '', `${shown}, ${runs} runs`]
}
