import { assertNever } from '../../assert.ts'
import type { Json } from '../../schema/json.ts'
import type { Change } from './change.ts'
import { changeTree, type ChangeNode } from './changeTree.ts'
import { isList, isRecord, type JsonList, type JsonRecord } from './jsonShape.ts'

/** The value that `before` becomes. The changes must have been found on an equal value; anything else is a bug. */
export function applyDiff(before: Json, changes: readonly Change[]): Json {
  return applyNode(before, changeTree(before, changes))
}

function applyNode(before: Json, node: ChangeNode): Json {
  switch (node.kind) {
    case 'same':
      return before
    case 'replaced':
      return node.after
    case 'list':
      return isList(before) ? applyToList(before, node) : before
    case 'record':
      return isRecord(before) ? applyToRecord(before, node) : before
    default:
      return assertNever(node)
  }
}

function applyToList(before: JsonList, node: ChangeNode & { kind: 'list' }): Json {
  return node.slots.map((slot) =>
    slot.kind === 'added' ? slot.after : applyNode(before[slot.from] ?? null, slot.node),
  )
}

function applyToRecord(before: JsonRecord, node: ChangeNode & { kind: 'record' }): Json {
  const kept = Object.entries(before).flatMap(([key, value]): [string, Json][] => {
    if (node.removed.has(key)) return []
    const inside = node.children.get(key)
    return [[key, inside === undefined ? value : applyNode(value, inside)]]
  })
  return Object.fromEntries([...kept, ...node.added])
}
