import { invariant } from '../../assert.ts'
import type { Json } from '../../schema/json.ts'
import type { Change } from './change.ts'
import { isList, isRecord, ownValue, type JsonList, type JsonRecord } from './jsonShape.ts'
import { tokensOf } from '../../schema/pointer.ts'

/** An item of the later list: new, or taken from the earlier one. */
export type Slot =
  | { readonly kind: 'added'; readonly after: Json }
  | {
      readonly kind: 'kept'
      readonly from: number
      readonly moved: boolean
      readonly node: ChangeNode
    }

/** Changes sorted into the shape of the value that they change. */
export type ChangeNode =
  | { readonly kind: 'same' }
  | { readonly kind: 'replaced'; readonly after: Json }
  | {
      readonly kind: 'record'
      readonly removed: ReadonlySet<string>
      readonly added: ReadonlyMap<string, Json>
      readonly children: ReadonlyMap<string, ChangeNode>
    }
  | { readonly kind: 'list'; readonly removed: readonly number[]; readonly slots: readonly Slot[] }

export function changeTree(before: Json, changes: readonly Change[]): ChangeNode {
  return nodeOf(before, changes.map(toEdit), 0)
}

type Tokens = readonly string[]
/** A change with its pointers taken apart; `from` leads into the earlier value, `to` into the later one. */
type Edit = { readonly change: Change; readonly from: Tokens | null; readonly to: Tokens | null }

function toEdit(change: Change): Edit {
  const path = tokensOf(change.path)
  if (change.kind === 'added') return { change, from: null, to: path }
  if (change.kind === 'moved') return { change, from: tokensOf(change.from), to: path }
  return { change, from: path, to: null }
}

function nodeOf(before: Json, edits: readonly Edit[], depth: number): ChangeNode {
  const [first] = edits
  if (first === undefined) return { kind: 'same' }
  if (tokenCount(first) === depth) {
    invariant(first.change.kind === 'changed', 'Only a changed value can stand for itself.')
    return { kind: 'replaced', after: first.change.after }
  }
  if (isList(before)) return listNode(before, edits, depth)
  invariant(isRecord(before), 'The changes do not fit this value: they lead into a scalar.')
  return recordNode(before, edits, depth)
}

function recordNode(before: JsonRecord, edits: readonly Edit[], depth: number): ChangeNode {
  const removed = new Set<string>()
  const added = new Map<string, Json>()
  const inside = new Map<string, Edit[]>()
  for (const edit of edits) {
    const key = (edit.from ?? edit.to)?.[depth] ?? ''
    if (isDirect(edit, depth) && edit.change.kind === 'removed') removed.add(ownKey(before, key))
    else if (isDirect(edit, depth) && edit.change.kind === 'added')
      added.set(key, edit.change.after)
    else group(inside, key, edit)
  }
  const children = [...inside].map(([key, within]): [string, ChangeNode] => {
    const value = ownValue(before, key)
    invariant(value !== undefined, `The changes do not fit this value: it has no key ${key}.`)
    return [key, nodeOf(value, within, depth + 1)]
  })
  return { kind: 'record', removed, added, children: new Map(children) }
}

function listNode(before: JsonList, edits: readonly Edit[], depth: number): ChangeNode {
  const order = listOrder(before.length, edits, depth)
  const inside = new Map<number, Edit[]>()
  for (const edit of edits) {
    if (isDirect(edit, depth) && edit.change.kind !== 'changed') continue
    const from = edit.from === null ? order.sources[index(edit.to, depth)] : index(edit.from, depth)
    const isKept =
      typeof from === 'number' && before[from] !== undefined && !order.removed.has(from)
    invariant(isKept, 'The changes do not fit this list: an item is missing.')
    group(inside, from, edit)
  }
  const slots = order.sources.map((source, to): Slot => {
    if (typeof source !== 'number') return { kind: 'added', after: source.after }
    const node = nodeOf(before[source] ?? null, inside.get(source) ?? [], depth + 1)
    return { kind: 'kept', from: source, moved: order.movedTo.has(to), node }
  })
  return { kind: 'list', removed: [...order.removed], slots }
}

/** Which earlier item, or which new value, stands at each index of the later list. */
function listOrder(length: number, edits: readonly Edit[], depth: number) {
  const removed = new Set<number>()
  const movedTo = new Map<number, number>()
  const added = new Map<number, Json>()
  for (const edit of edits) {
    if (!isDirect(edit, depth)) continue
    if (edit.change.kind === 'removed') removed.add(index(edit.from, depth))
    if (edit.change.kind === 'moved') movedTo.set(index(edit.to, depth), index(edit.from, depth))
    if (edit.change.kind === 'added') added.set(index(edit.to, depth), edit.change.after)
  }
  const leaving = new Set([...removed, ...movedTo.values()])
  const isInside = [...leaving].every((from) => from < length)
  invariant(isInside, 'The changes do not fit this list: an item is missing.')
  const staying = Array.from({ length }, (_, from) => from).filter((from) => !leaving.has(from))
  let next = 0
  const sources = Array.from(
    { length: length - removed.size + added.size },
    (_, to): number | { readonly after: Json } => {
      const value = added.get(to)
      if (value !== undefined) return { after: value }
      const source = movedTo.get(to) ?? staying[next++]
      invariant(source !== undefined, 'The changes do not fit this list: its length differs.')
      return source
    },
  )
  invariant(next === staying.length, 'The changes do not fit this list: its length differs.')
  return { removed, movedTo, sources }
}

function ownKey(before: JsonRecord, key: string): string {
  invariant(Object.hasOwn(before, key), `The changes do not fit this value: it has no key ${key}.`)
  return key
}

function isDirect(edit: Edit, depth: number): boolean {
  return tokenCount(edit) === depth + 1
}

function tokenCount(edit: Edit): number {
  return (edit.from ?? edit.to ?? []).length
}

function index(tokens: Tokens | null, depth: number): number {
  return Number(tokens?.[depth])
}

function group<K>(groups: Map<K, Edit[]>, key: K, edit: Edit): void {
  const known = groups.get(key)
  if (known === undefined) groups.set(key, [edit])
  else known.push(edit)
}
