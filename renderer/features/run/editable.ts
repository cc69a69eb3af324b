import type { RunDetail } from '../../../shared/contract/runs.ts'
import { isFixed, placeOf } from '../../../shared/core/edit/editPlaces.ts'

type Kind = Pick<RunDetail, 'foreign'>

/** Of a run its inputs, variables and outputs; of another engine's document any value: there the engine's rules decide. */
export function isEditable(path: string, { foreign }: Kind): boolean {
  return foreign ? path !== '' : placeOf(path) !== null
}

/** What has to stay, whatever it holds, is neither removed nor renamed. */
export function isRemovable(path: string, { foreign }: Kind): boolean {
  if (foreign) return path !== ''
  const place = placeOf(path)
  return place !== null && !isFixed(place)
}
