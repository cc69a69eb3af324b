import { useMemo, useState } from 'react'
import type { RunGroup } from '../../../shared/contract/runList.ts'
import type { GroupBy } from '../../../shared/schema/runCondition.ts'
import { groupRoute, resumeRoute } from '../../state/groupRoute.ts'
import type { Groups } from '../../state/groupsStore.ts'
import { encodeRoute, type Route } from '../../state/route.ts'
import { useMask } from '../../state/useMask.ts'
import { useNavigation } from '../../state/useNavigation.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { formatCount } from '../../ui/formatCount.ts'
import { groupColumns, groupTitles } from './groupColumns.tsx'
import styles from './GroupsTable.module.css'

export type GroupsTableProps = {
  readonly route: Route & { readonly kind: 'runs' }
  readonly by: GroupBy
  readonly found: Groups
}

/** A row a group; opened, its runs. */
export function GroupsTable({ route, by, found }: GroupsTableProps) {
  const { groups, total, runs } = found
  const { go } = useNavigation()
  const mask = useMask()
  const [selected, setSelected] = useState<string | null>(null)
  const columns = useMemo(
    () =>
      groupColumns({
        by,
        most: Math.max(1, ...groups.map(({ count }) => count)),
        nameOf: (group) => mask.text(groupName(group, by)),
        hrefOf: (group) => encodeRoute(groupRoute(route, group)),
        resumeHrefOf: (group) => encodeRoute(resumeRoute(groupRoute(route, group))),
      }),
    [by, groups, mask, route],
  )
  return (
    <section className={styles.frame} aria-label={groupTitles[by]}>
      <div className={styles.table}>
        <DataTable
          label={`Runs by ${groupTitles[by].toLowerCase()}`}
          columns={columns}
          rows={groups}
          content={by}
          takesFocus={groups.length > 0}
          keyOf={keyOf}
          selected={selected}
          onSelect={(group) => setSelected(keyOf(group))}
          onOpen={(group) => go(groupRoute(route, group))}
        />
      </div>
      <p className={styles.sum}>
        {total > groups.length
          ? `The ${formatCount(groups.length)} largest of ${formatCount(total)} groups, ${formatCount(runs)} runs in all.`
          : `${formatCount(total)} ${total === 1 ? 'group' : 'groups'}, ${formatCount(runs)} ${runs === 1 ? 'run' : 'runs'}.`}
      </p>
    </section>
  )
}

const without = {
  workflow: 'No workflow',
  version: 'no version',
  status: 'No status',
  error: 'No error',
  tag: 'No tag',
  colour: 'No colour',
} as const satisfies Record<GroupBy, string>

function groupName({ value, workflow }: RunGroup, by: GroupBy): string {
  const name = value === null || value === '' ? without[by] : value
  return by === 'version' ? `${workflow ?? without.workflow} ${name}` : name
}

function keyOf({ workflow, value }: RunGroup): string {
  return `${workflow ?? ''} ${value ?? ''}`
}
