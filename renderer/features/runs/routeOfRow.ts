import type { RunRow } from '../../../shared/contract/runs.ts'
import { runRoute, type Route } from '../../state/route.ts'

export function routeOfRow(row: RunRow): Route & { readonly kind: 'run' } {
  return runRoute(row.ref.document, row.ref.format)
}
