import { assertNever } from '../../assert.ts'
import type { Json } from '../../schema/json.ts'
import type { Change } from './change.ts'
import { changeTree, type ChangeNode, type Slot } from './changeTree.ts'
import { pointer } from '../../schema/pointer.ts'

export type PatchOperation =
  | { readonly op: 'add' | 'replace'; readonly path: string; readonly value: Json }
  | { readonly op: 'remove'; readonly path: string }
  | { readonly op: 'move'; readonly from: string; readonly path: string }

/** The same changes as RFC 6902 operations, each valid where the one before it left the value. */
export function toPatch(before: Json, changes: readonly Change[]): readonly PatchOperation[] {
  return operations(changeTree(before, changes), '')
}

function operations(node: ChangeNode, path: string): readonly PatchOperation[] {
  switch (node.kind) {
    case 'same':
      return []
    case 'replaced':
      return [{ op: 'replace', path, value: node.after }]
    case 'record':
      return recordOperations(node, path)
    case 'list':
      return listOperations(node, path)
    default:
      return assertNever(node)
  }
}

function recordOperations(node: ChangeNode & { kind: 'record' }, path: string) {
  return [
    ...[...node.removed].map((key): PatchOperation => ({
      op: 'remove',
      path: path + pointer(key),
    })),
    ...[...node.children].flatMap(([key, child]) => operations(child, path + pointer(key))),
    ...[...node.added].map(([key, value]): PatchOperation => ({
      op: 'add',
      path: path + pointer(key),
      value,
    })),
  ]
}

/** Inside the items first, where the old indices still hold; then what goes, from behind; then what comes or moves, from the front. */
function listOperations(node: ChangeNode & { kind: 'list' }, path: string) {
  const kept = node.slots.filter((slot) => slot.kind === 'kept')
  return [
    ...kept.flatMap((slot) => operations(slot.node, path + pointer(slot.from))),
    ...node.removed
      .toSorted((one, other) => other - one)
      .map((from): PatchOperation => ({ op: 'remove', path: path + pointer(from) })),
    ...placements(node.slots, path),
  ]
}

/** Every slot that is new or moved is put right behind the slot before it; unmoved ones never need an operation. */
function placements(slots: readonly Slot[], path: string): readonly PatchOperation[] {
  const list: (Slot | null)[] = slots
    .filter((slot) => slot.kind === 'kept')
    .toSorted((one, other) => one.from - other.from)
  const found: PatchOperation[] = []
  let before: Slot | null = null
  for (const slot of slots) {
    if (slot.kind === 'added') {
      const to: number = before === null ? 0 : list.indexOf(before) + 1
      list.splice(to, 0, slot)
      found.push({ op: 'add', path: path + pointer(to), value: slot.after })
    } else if (slot.moved) {
      const from = list.indexOf(slot)
      list.splice(from, 1)
      const to: number = before === null ? 0 : list.indexOf(before) + 1
      list.splice(to, 0, slot)
      if (from !== to)
        found.push({ op: 'move', from: path + pointer(from), path: path + pointer(to) })
    }
    before = slot
  }
  return found
}
