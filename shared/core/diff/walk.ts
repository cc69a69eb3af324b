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
  walk.changes.push({ kind: 'removed', path: pointer(...walk.from, key), before })
}

export function addAdded(walk: Walk, key: Token, after: Json): void {
  walk.changes.push({ kind: 'added', path: pointer(...walk.to, key), after })
}

export function addMoved(walk: Walk, from: Token, to: Token): void {
  const path = pointer(...walk.to, to)
  walk.changes.push({ kind: 'moved', path, from: pointer(...walk.from, from) })
}

/** The pair itself, as a whole. */
export function addChanged(walk: Walk, before: Json, after: Json): void {
  const path = pointer(...walk.from)
  if (isSamePlace(walk)) walk.changes.push({ kind: 'changed', path, before, after })
  else walk.changes.push({ kind: 'changed', path, to: pointer(...walk.to), before, after })
}

function isSamePlace({ from, to }: Walk): boolean {
  for (let depth = 0; depth < from.length; depth += 1) if (from[depth] !== to[depth]) return false
  return true
}
