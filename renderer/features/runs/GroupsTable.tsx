import type { RunGroup } from '../../../shared/contract/runs.ts'
import type { GroupBy } from '../../../shared/schema/runCondition.ts'
import { groupRoute } from '../../state/groupRoute.ts'
import type { Groups } from '../../state/groupsStore.ts'
import { encodeRoute, type Route } from '../../state/route.ts'
import { useMask } from '../../state/useMask.ts'
import { AgeText } from '../../ui/AgeText.tsx'
import { formatCount } from '../../ui/formatCount.ts'
import { statusLook } from '../../ui/statusLooks.ts'
import styles from './GroupsTable.module.css'

export type GroupsTableProps = {
  readonly route: Route & { readonly kind: 'runs' }
  readonly by: GroupBy
  readonly found: Groups
}

/** A row a group: how many, in which states, and when the last of them changed. */
export function GroupsTable({ route, by, found }: GroupsTableProps) {
  const { groups, total, runs } = found
  const mask = useMask()
  const nameOf = (group: RunGroup) => mask.text(groupName(group, by))
  const most = Math.max(1, ...groups.map(({ count }) => count))
  return (
    <section className={styles.scroll} aria-label={titles[by]} tabIndex={-1}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{titles[by]}</th>
            <th scope="col" className={styles.count}>
              Runs
            </th>
            <th scope="col">Statuses</th>
            <th scope="col" className={styles.age}>
              Last change
            </th>
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <tr key={`${group.workflow ?? ''} ${group.value ?? ''}`}>
              <th scope="row" className={styles.name}>
                <a href={encodeRoute(groupRoute(route, group))} title={nameOf(group)}>
                  {nameOf(group)}
                </a>
              </th>
              <td className={styles.count}>
                {formatCount(group.count)}
                <progress className={styles.share} value={group.count} max={most} aria-hidden />
              </td>
              <td className={styles.statuses}>
                {statusesOf(group).map(([status, count]) => (
                  <span key={status} className={styles.status} data-tone={statusLook(status).tone}>
                    {status === '' ? 'no status' : status} {formatCount(count)}
                  </span>
                ))}
              </td>
              <td className={styles.age}>
                <AgeText since={group.newestAt} precision="coarse" />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles.sum}>
        {total > groups.length
          ? `The ${formatCount(groups.length)} largest of ${formatCount(total)} groups, ${formatCount(runs)} runs in all.`
          : `${formatCount(total)} ${total === 1 ? 'group' : 'groups'}, ${formatCount(runs)} ${runs === 1 ? 'run' : 'runs'}.`}
      </p>
    </section>
  )
}

const titles = {
  workflow: 'Workflow',
  version: 'Version',
  status: 'Status',
  error: 'Error',
} as const satisfies Record<GroupBy, string>

const without = {
  workflow: 'No workflow',
  version: 'no version',
  status: 'No status',
  error: 'No error',
} as const satisfies Record<GroupBy, string>

function groupName({ value, workflow }: RunGroup, by: GroupBy): string {
  const name = value === null || value === '' ? without[by] : value
  return by === 'version' ? `${workflow ?? without.workflow} ${name}` : name
}

function statusesOf({ statuses }: RunGroup): readonly (readonly [string, number])[] {
  return Object.entries(statuses).toSorted(([, one], [, other]) => other - one)
}
