import type { RunRow } from '../../../shared/contract/runs.ts'
import { documentRoute, type Route } from '../../state/route.ts'
import type { IconName } from '../../ui/Icon.tsx'
import { routeOfRow } from './routeOfRow.ts'

export type RowAction = { readonly label: string; readonly icon: IconName; readonly route: Route }

/** What can be done with a row as it is; each leads to a plan that is shown first. The first is the one that helps. */
export function actionsOfRow(row: RunRow): readonly RowAction[] {
  const open = { label: 'Open the run', icon: 'arrowRight', route: routeOfRow(row) } as const
  const helping = helpOf(row)
  if (isNoRun(row))
    return [{ label: 'Look at its bytes', icon: 'file', route: { ...routeOfRow(row), tab: 'raw' } }]
  return helping === null ? [open] : [helping, open]
}

function helpOf(row: RunRow): RowAction | null {
  const { health, liveness, status, ref, archived = false, flaws = 0 } = row
  const { document, format } = ref
  if (health === 'old-version' && format.startsWith('unstuck'))
    return { label: 'Migrate…', icon: 'migrate', route: { kind: 'migrate', document } }
  if (format !== 'unstuck' && health === 'damaged')
    return { label: 'Repair…', icon: 'wrench', route: documentRoute(ref, 'repair') }
  if (format !== 'unstuck' || archived) return null
  if (health === 'damaged' || flaws > 0)
    return { label: 'Repair…', icon: 'wrench', route: { kind: 'repair', document } }
  if (health !== 'ok' || liveness === 'alive' || status === 'completed') return null
  return {
    label: 'Resume…',
    icon: 'play',
    route: { kind: 'resume', document, from: null, step: null },
  }
}

function isNoRun({ health }: RunRow): boolean {
  return health === 'empty' || health === 'temporary' || health === 'unknown'
}
