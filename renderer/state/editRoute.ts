import type { CompareSides } from './compareStore.ts'
import { runRoute, type Route } from './route.ts'

/** Where the value of a change is edited: in the later run as it is now, else in the earlier one; null: it is in neither. */
export function editRoute(
  { left, right }: CompareSides,
  { path, from, after, before }: EditedChange,
): (Route & { readonly kind: 'run' }) | null {
  const there = [
    { side: right, pointer: after === null ? null : path },
    { side: left, pointer: before === null ? null : (from ?? path) },
  ].find(({ side, pointer }) => side.checkpoint === null && pointer !== null)
  if (there === undefined || there.pointer === null) return null
  const { document, format, item } = there.side.ref
  const run = { ...runRoute(document, format), ...(item === null ? {} : { item }) }
  return { ...run, tab: 'state', pointer: there.pointer }
}

type EditedChange = {
  readonly path: string
  readonly from: string | null
  readonly before: string | null
  readonly after: string | null
}
