import type { Route } from '../../state/route.ts'
import { rowKey, type RunsState } from '../../state/runsStore.ts'
import type { PaletteSubject } from './actionEntries.ts'

/** What actions are about: the run that is open, or the one that is selected in the list. */
export function subjectOf(route: Route, runs: RunsState): PaletteSubject | null {
  switch (route.kind) {
    case 'run':
    case 'document':
      return { document: route.document, format: route.format }
    case 'resume':
    case 'repair':
    case 'edit':
      return { document: route.document, format: 'unstuck' }
    case 'runs':
      return selectedRow(runs)
    default:
      return null
  }
}

function selectedRow({ list, selected }: RunsState): PaletteSubject | null {
  if (list.kind !== 'ready') return null
  const row = list.value.rows.find((found) => found !== null && rowKey(found) === selected)
  return row?.ref ?? null
}
