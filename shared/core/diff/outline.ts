import { assertNever } from '../../assert.ts'
import type { Json } from '../../schema/json.ts'
import { pointer } from '../../schema/pointer.ts'
import type { Change } from './change.ts'
import { changeTree, type ChangeNode, type Slot } from './changeTree.ts'
import { definedKeys, isList, isRecord, ownValue, type JsonRecord } from './jsonShape.ts'

/** Children of one container of the later value, side by side, that are as they were. */
export type Unchanged = {
  readonly path: string
  /** Which child is the first of them. */
  readonly start: number
  readonly count: number
}

export type OutlineRow = {
  readonly change: Change
  /** What is passed over between the change before and this one. */
  readonly unchangedBefore: readonly Unchanged[]
}

export type Outline = {
  readonly rows: readonly OutlineRow[]
  readonly unchangedAfter: readonly Unchanged[]
}

/** The same changes in the order of the later value, what went where it stood, with what is unchanged between them. */
export function outline(before: Json, after: Json, changes: readonly Change[]): Outline {
  const walk: Walk = { rows: [], unchanged: [] }
  visit(walk, { before, after, from: '', to: '' }, changeTree(before, changes))
  return { rows: walk.rows, unchangedAfter: walk.unchanged }
}

type Walk = { readonly rows: OutlineRow[]; unchanged: Unchanged[] }
type Place = {
  readonly before: Json
  readonly after: Json
  /** Pointers into the earlier and the later value. */
  readonly from: string
  readonly to: string
}

function visit(walk: Walk, place: Place, node: ChangeNode): void {
  const { before, after, from, to } = place
  switch (node.kind) {
    case 'same':
      return
    case 'replaced':
      return emit(walk, {
        kind: 'changed',
        path: from,
        ...(from === to ? {} : { to }),
        before,
        after,
      })
    case 'record':
      if (isRecord(before) && isRecord(after)) visitRecord(walk, { ...place, before, after }, node)
      return
    case 'list':
      return visitList(walk, place, node)
    default:
      return assertNever(node)
  }
}

type RecordPlace = Place & { readonly before: JsonRecord; readonly after: JsonRecord }

function visitRecord(walk: Walk, place: RecordPlace, node: ChangeNode & { kind: 'record' }) {
  const { before, after, from, to } = place
  const gone = goneBehind(definedKeys(before), (key) => node.removed.has(key))
  const emitGone = (behind: string | null): void => {
    for (const key of gone.get(behind) ?? [])
      emit(walk, {
        kind: 'removed',
        path: from + pointer(key),
        before: ownValue(before, key) ?? null,
      })
  }
  emitGone(null)
  for (const [index, key] of definedKeys(after).entries()) {
    const child = node.children.get(key)
    const value = ownValue(after, key) ?? null
    if (node.added.has(key)) emit(walk, { kind: 'added', path: to + pointer(key), after: value })
    else if (child === undefined || child.kind === 'same') pass(walk, to, index)
    else {
      const inside = { before: ownValue(before, key) ?? null, after: value }
      visit(walk, { ...inside, from: from + pointer(key), to: to + pointer(key) }, child)
    }
    emitGone(key)
  }
}

function visitList(
  walk: Walk,
  { before, after, from, to }: Place,
  node: ChangeNode & { kind: 'list' },
) {
  if (!isList(before) || !isList(after)) return
  const removed = new Set(node.removed)
  const gone = goneBehind([...before.keys()], (index) => removed.has(index))
  const emitGone = (behind: number | null): void => {
    for (const index of gone.get(behind) ?? [])
      emit(walk, { kind: 'removed', path: from + pointer(index), before: before[index] ?? null })
  }
  emitGone(null)
  for (const [index, slot] of node.slots.entries()) {
    const path = to + pointer(index)
    const value = after[index] ?? null
    if (slot.kind === 'added') {
      emit(walk, { kind: 'added', path, after: value })
      continue
    }
    if (slot.moved) emit(walk, { kind: 'moved', path, from: from + pointer(slot.from) })
    else if (slot.node.kind === 'same') pass(walk, to, index)
    visit(walk, insideOf({ slot, from, before: before[slot.from] ?? null, value, path }), slot.node)
    emitGone(slot.from)
  }
}

function insideOf(item: {
  readonly slot: Slot & { kind: 'kept' }
  readonly from: string
  readonly before: Json
  readonly value: Json
  readonly path: string
}): Place {
  const { slot, from, before, value, path } = item
  return { before, after: value, from: from + pointer(slot.from), to: path }
}

/** What went away, by what it stood behind; null: nothing that stayed. */
function goneBehind<K>(
  earlier: readonly K[],
  isGone: (key: K) => boolean,
): ReadonlyMap<K | null, readonly K[]> {
  const gone = new Map<K | null, K[]>()
  let last: K | null = null
  for (const key of earlier) {
    if (!isGone(key)) last = key
    else if (gone.has(last)) gone.get(last)?.push(key)
    else gone.set(last, [key])
  }
  return gone
}

function emit(walk: Walk, change: Change): void {
  walk.rows.push({ change, unchangedBefore: walk.unchanged })
  walk.unchanged = []
}

function pass(walk: Walk, path: string, index: number): void {
  const last = walk.unchanged.at(-1)
  const isNext = last?.path === path && last.start + last.count === index
  if (last !== undefined && isNext)
    walk.unchanged[walk.unchanged.length - 1] = { ...last, count: last.count + 1 }
  else walk.unchanged.push({ path, start: index, count: 1 })
}
