import type { Json } from '../../schema/json.ts'
import { pointer } from '../../schema/pointer.ts'
import type { Change } from './change.ts'
import type { ChosenKey } from './itemKey.ts'

export type Token = string | number

/** One comparison: where it is, what it found, and how much it may still look at. */
export type Walk = {
  readonly changes: Change[]
  /** Keys that lead to the pair that is compared now: pointers are only spelt out for what differs. */
  readonly from: Token[]
  readonly to: Token[]
  readonly keys: readonly ChosenKey[]
  budget: number
  coarse: boolean
}

/** What a few seconds suffice for. */
export const defaultMaxNodes = 20_000_000

export function createWalk(maxNodes: number, keys: readonly ChosenKey[]): Walk {
  return { changes: [], from: [], to: [], keys, budget: maxNodes, coarse: false }
}

export function enter(walk: Walk, from: Token, to: Token): void {
  walk.from.push(from)
  walk.to.push(to)
}

export function leave(walk: Walk): void {
  walk.from.pop()
  walk.to.pop()
}

export function addRemoved(walk: Walk, key: Token, before: Json): void {
  walk.changes.push({ kind: 'removed', path: pathOf(walk.from) + pathOf([key]), before })
}

export function addAdded(walk: Walk, key: Token, after: Json): void {
  walk.changes.push({ kind: 'added', path: pathOf(walk.to) + pathOf([key]), after })
}

export function addMoved(walk: Walk, from: Token, to: Token): void {
  const path = pathOf(walk.to) + pathOf([to])
  walk.changes.push({ kind: 'moved', path, from: pathOf(walk.from) + pathOf([from]) })
}

/** The pair itself, as a whole. */
export function addChanged(walk: Walk, before: Json, after: Json): void {
  const path = pathOf(walk.from)
  if (walk.from.every((token, depth) => token === walk.to[depth]))
    walk.changes.push({ kind: 'changed', path, before, after })
  else walk.changes.push({ kind: 'changed', path, to: pathOf(walk.to), before, after })
}

/** As `pointer`, without looking for what needs an escape in a number. */
function pathOf(tokens: readonly Token[]): string {
  let path = ''
  for (const token of tokens) path += typeof token === 'number' ? `/${token}` : pointer(token)
  return path
}
