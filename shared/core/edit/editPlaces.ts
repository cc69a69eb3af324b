import { tokensOf } from '../../schema/pointer.ts'

/** Where of a run a value may be edited. */
export type EditPlace =
  | { readonly area: 'inputs' | 'variables'; readonly name: string | null }
  | { readonly area: 'output'; readonly step: string; readonly isWhole: boolean }

/** [N1] Null where nothing may be edited by its value. */
export function placeOf(path: string): EditPlace | null {
  const [first, second, third, fourth] = tokensOf(path)
  if (first === 'inputs' || first === 'variables') return { area: first, name: second ?? null }
  if (first !== 'steps' || second === undefined || third !== 'output') return null
  return { area: 'output', step: second, isWhole: fourth === undefined }
}

/** Whether a place has to stay, whatever it holds: it can be set, and neither removed nor renamed. */
export function isFixed(place: EditPlace): boolean {
  return place.area === 'output' ? place.isWhole : place.name === null
}
