import type { RunRow } from '../../../shared/contract/runs.ts'
import { runRoute, type Route } from '../../state/route.ts'
import { shownStatus } from '../../state/shownStatus.ts'
import { statusLook } from '../../ui/statusLooks.ts'
import type { PaletteEntry } from './paletteEntry.ts'

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
