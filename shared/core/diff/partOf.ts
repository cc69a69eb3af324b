import type { Json } from '../../schema/json.ts'
import { tokensOf } from '../../schema/pointer.ts'
import type { PartingPart } from './change.ts'
import type { Parting } from './divergence.ts'
import { diff } from './diff.ts'
import { isEqualJson, isList, isRecord, ownValue } from './jsonShape.ts'
import { steadyValue, type OwnNames } from './steadyValue.ts'

export type Comparing = {
  /** Null: ids, times and folders count as everything else does. */
  readonly own: OwnNames | null
}

/** A value of both runs, and where it stands in them. */
export type Facet = {
  readonly step: string | null
  readonly part: PartingPart
  readonly at: { readonly left: string; readonly right: string }
  readonly left: Json | undefined
  readonly right: Json | undefined
}

export type FacetVerdict =
  | { readonly kind: 'same' | 'alike' }
  | { readonly kind: 'parted'; readonly parting: Parting }

/** Whether a value is the same in both runs, and the first place in it that is not. */
export function partOf(facet: Facet, { own }: Comparing): FacetVerdict {
  const { left, right } = facet
  if (isEqualJson(left, right)) return { kind: 'same' }
  if (left === undefined || right === undefined) return parted(facet, { from: '', to: '' })
  const before = own === null ? left : steadyValue(left, own)
  const after = own === null ? right : steadyValue(right, own)
  const [change] = diff(before, after).changes
  if (change === undefined) return { kind: 'alike' }
  const to = change.kind === 'changed' ? (change.to ?? change.path) : change.path
  const from = change.kind === 'moved' ? change.from : change.path
  if (change.kind === 'added') return parted(facet, { from: null, to: change.path })
  if (change.kind === 'removed') return parted(facet, { from: change.path, to: null })
  return parted(facet, { from, to })
}

/** The values are the runs' own, not what they were compared by. */
function parted(
  { step, part, at, left, right }: Facet,
  { from, to }: { readonly from: string | null; readonly to: string | null },
): FacetVerdict {
  const before = from === null ? undefined : valueAt(left, from)
  const after = to === null ? undefined : valueAt(right, to)
  const earlier = at.left + (from ?? '')
  const path = after === undefined ? earlier : at.right + (to ?? '')
  const parting: Parting = {
    step,
    part,
    path,
    ...(before === undefined || earlier === path ? {} : { from: earlier }),
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  }
  return { kind: 'parted', parting }
}

function valueAt(value: Json | undefined, path: string): Json | undefined {
  let found = value
  for (const token of tokensOf(path)) {
    if (isList(found)) found = found[Number(token)]
    else found = isRecord(found) ? ownValue(found, token) : undefined
  }
  return found
}
