import type { BlameState } from './blameStore.ts'
import { masked, type Mask } from './useMask.ts'

/** What changed the value at a path, with what was there before and after masked as the value itself is. */
export function maskedBlame(mask: Mask, path: string, blame: BlameState['blame']) {
  if (blame.kind !== 'ready') return blame
  const changes = blame.value.changes.map((record) => ({
    ...masked(mask)({ ...record, path }),
    sentence: mask.text(record.sentence),
  }))
  return { ...blame, value: { ...blame.value, changes } }
}
