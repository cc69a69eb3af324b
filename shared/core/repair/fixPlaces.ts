import { tokensOf } from '../../schema/pointer.ts'
import { placesOf } from '../codec/placesOf.ts'
import type { RepairFix, RepairPlan } from './repairPlan.ts'

/** [R97] Where in the proposed head the fixes are that are about a value of it. */
export function fixPlaces(
  text: string,
  fixes: readonly Pick<RepairFix, 'id' | 'pointer'>[],
): RepairPlan['places'] {
  const placed = fixes.flatMap(({ id, pointer }) =>
    pointer === null || pointer === '' ? [] : [{ id, path: pathOf(pointer) }],
  )
  const places = placesOf(
    text,
    placed.map(({ path }) => path),
  )
  return placed.flatMap(({ id }, index) => {
    const place = places[index]
    return place === undefined ? [] : [{ fix: id, line: place.line }]
  })
}

/** A fix names values of the run, a finding those of the file. */
function pathOf(pointer: string): readonly string[] {
  const [first = '', ...rest] = tokensOf(pointer)
  return first === 'run' ? [first, ...rest] : ['run', first, ...rest]
}
