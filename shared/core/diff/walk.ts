import type { Json } from '../../schema/json.ts'
import { pointerStep } from '../../schema/pointer.ts'
import type { Change } from './change.ts'
import type { ChosenKey } from './itemKey.ts'

export type Token = string | number

/** One comparison: where it is, what it found, and how much it may still look at. */
export type Walk = {
  readonly changes: Change[]
  /** Keys that lead to the pair that is compared now: pointers are only spelt out for what differs. */
  readonly from: Token[]
  readonly to: Token[]
  /** Pointers of as many of these keys as were spelt out so far: of a thousand changes in one list, the list is spelt once. */
  readonly fromPaths: string[]
  readonly toPaths: string[]
  /** How many keys of the one side are not those of the other. */
  apart: number
  readonly keys: readonly ChosenKey[]
  budget: number
  coarse: boolean
}

/** What a few seconds suffice for. */
export const defaultMaxNodes = 20_000_000

export function createWalk(maxNodes: number, keys: readonly ChosenKey[]): Walk {
  return {
    changes: [],
    from: [],
    to: [],
    fromPaths: [],
    toPaths: [],
    apart: 0,
    keys,
    budget: maxNodes,
    coarse: false,
  }
}

export function enter(walk: Walk, from: Token, to: Token): void {
  walk.from.push(from)
  walk.to.push(to)
  if (from !== to) walk.apart += 1
}

export function leave(walk: Walk): void {
  if (walk.from.pop() !== walk.to.pop()) walk.apart -= 1
  if (walk.fromPaths.length > walk.from.length) walk.fromPaths.pop()
  if (walk.toPaths.length > walk.to.length) walk.toPaths.pop()
}

export function addRemoved(walk: Walk, key: Token, before: Json): void {
  walk.changes.push({ kind: 'removed', path: fromPath(walk) + pointerStep(key), before })
}

export function addAdded(walk: Walk, key: Token, after: Json): void {
  walk.changes.push({ kind: 'added', path: toPath(walk) + pointerStep(key), after })
}

export function addMoved(walk: Walk, from: Token, to: Token): void {
  const path = toPath(walk) + pointerStep(to)
  walk.changes.push({ kind: 'moved', path, from: fromPath(walk) + pointerStep(from) })
}

/** The pair itself, as a whole. */
export function addChanged(walk: Walk, before: Json, after: Json): void {
  const path = fromPath(walk)
  if (walk.apart === 0) walk.changes.push({ kind: 'changed', path, before, after })
  else walk.changes.push({ kind: 'changed', path, to: toPath(walk), before, after })
}

function fromPath({ from, fromPaths }: Walk): string {
  return spellOut(from, fromPaths)
}

function toPath({ to, toPaths }: Walk): string {
  return spellOut(to, toPaths)
}

function spellOut(tokens: readonly Token[], paths: string[]): string {
  let path = paths.at(-1) ?? ''
  for (let depth = paths.length; depth < tokens.length; depth += 1) {
    path += pointerStep(tokens[depth] ?? '')
    paths.push(path)
  }
  return path
}
