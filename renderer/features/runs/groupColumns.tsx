import type { RunGroup } from '../../../shared/contract/runList.ts'
import type { GroupBy } from '../../../shared/schema/runCondition.ts'
import { AgeText } from '../../ui/AgeText.tsx'
import type { DataColumn } from '../../ui/DataTable.tsx'
import { formatCount } from '../../ui/formatCount.ts'
import { statusLook } from '../../ui/statusLooks.ts'
import styles from './GroupsTable.module.css'

export type GroupColumnsOptions = {
  readonly by: GroupBy
  /** Of the largest group. */
  readonly most: number
  readonly nameOf: (group: RunGroup) => string
  readonly hrefOf: (group: RunGroup) => string
  /** Where all runs of the group are resumed. */
  readonly resumeHrefOf: (group: RunGroup) => string
}

/** A group: how many, in which states, and when the last of them changed. */
export function groupColumns(options: GroupColumnsOptions): readonly DataColumn<RunGroup>[] {
  const { by, most, nameOf, hrefOf, resumeHrefOf } = options
  return [
    {
      id: 'name',
      header: groupTitles[by],
      width: 420,
      least: 160,
      grow: true,
      cell: (group) => (
        <a className={styles.name} href={hrefOf(group)} tabIndex={-1} title={nameOf(group)}>
          {nameOf(group)}
        </a>
      ),
    },
    {
      id: 'count',
      header: 'Runs',
      width: 140,
      cell: ({ count }) => (
        <span className={styles.count}>
          {formatCount(count)}
          <progress className={styles.share} value={count} max={most} aria-hidden />
        </span>
      ),
    },
    {
      id: 'statuses',
      header: 'Statuses',
      width: 260,
      cell: (group) =>
        statusesOf(group).map(([status, count]) => (
          <span key={status} className={styles.status} data-tone={statusLook(status).tone}>
            {statusLook(status).word} {formatCount(count)}
          </span>
        )),
    },
    {
      id: 'resume',
      header: 'Together',
      width: 100,
      yields: 2,
      cell: (group) => (
        <a
          href={resumeHrefOf(group)}
          tabIndex={-1}
          title={`Resume ${group.count === 1 ? 'this run' : `these ${group.count} runs`}: shows first what would be done`}
        >
          Resume…
        </a>
      ),
    },
    {
      id: 'newestAt',
      header: 'Last change',
      width: 110,
      yields: 1,
      align: 'end',
      cell: ({ newestAt }) => <AgeText since={newestAt} precision="coarse" />,
    },
  ]
}

export const groupTitles = {
  workflow: 'Workflow',
  version: 'Version',
  status: 'Status',
  error: 'Error',
  tag: 'Tag',
  colour: 'Colour',
} as const satisfies Record<GroupBy, string>

function statusesOf({ statuses }: RunGroup): readonly (readonly [string, number])[] {
  return Object.entries(statuses).toSorted(([, one], [, other]) => other - one)
}
