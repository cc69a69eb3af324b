import type { RunRow } from '../../../shared/contract/runs.ts'
import { runRoute, type Route } from '../../state/route.ts'
import { shownStatus } from '../../../shared/core/diagnose/shownStatus.ts'
import { statusLook } from '../../ui/statusLooks.ts'
import { holdsWords, type PaletteEntry } from './paletteEntry.ts'

export function runEntries(
  rows: readonly RunRow[],
  go: (route: Route) => void,
): readonly PaletteEntry[] {
  return rows.map((row) => {
    const look = statusLook(shownStatus(row))
    return {
      id: `run ${row.ref.document} ${row.ref.item ?? ''}`,
      title: row.id,
      note: row.workflow === null ? look.word : `${row.workflow} · ${look.word}`,
      icon: look.icon,
      disabled: null,
      run: () => go(runRoute(row.ref.document, row.ref.format)),
    }
  })
}

/** Runs that are called so, and those that only say it: `resume` is an action before it is a word in the reason of a run. */
export function namedFirst(
  rows: readonly RunRow[],
  text: string,
): { readonly named: readonly RunRow[]; readonly others: readonly RunRow[] } {
  const isNamed = ({ id, workflow }: RunRow) => holdsWords(`${id} ${workflow ?? ''}`, text)
  return { named: rows.filter(isNamed), others: rows.filter((row) => !isNamed(row)) }
}
