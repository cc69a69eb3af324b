import { assertNever, invariant } from '../../assert.ts'
import { ownValue, type Json } from '../../schema/json.ts'
import { tokensOf } from '../../schema/pointer.ts'
import { put } from './draft.ts'

/** An RFC 6902 operation; `value` goes with add, replace and test, `from` with move and copy. */
export type PatchOperation = {
  readonly op: 'add' | 'remove' | 'replace' | 'move' | 'copy' | 'test'
  readonly path: string
  readonly [key: string]: unknown
}

export type Patched =
  | { readonly kind: 'ok'; readonly value: Json }
  | { readonly kind: 'failed'; readonly operation: number; readonly sentence: string }

/** Applies a patch that is known to fit, such as one that was just made. Parts that it does not touch are shared. */
export function applyPatch(value: Json, patch: readonly PatchOperation[]): Json {
  const patched = tryPatch(value, patch)
  invariant(patched.kind === 'ok', patched.kind === 'ok' ? '' : patched.sentence)
  return patched.value
}

/** Applies a patch as RFC 6902 says: all of it, or nothing. */
export function tryPatch(value: Json, patch: readonly PatchOperation[]): Patched {
  let result = value
  for (const [index, operation] of patch.entries()) {
    const next = applyOperation(result, operation)
    if (next === undefined) {
      const sentence = `Operation ${index + 1} (${operation.op} ${operation.path}) does not fit.`
      return { kind: 'failed', operation: index, sentence }
    }
    result = next
  }
  return { kind: 'ok', value: result }
}

/** Undefined when the operation does not fit. */
function applyOperation(root: Json, operation: PatchOperation): Json | undefined {
  const path = parsePointer(operation.path)
  if (path === null) return undefined
  switch (operation.op) {
    case 'add':
      return withValue(operation, (value) => add(root, path, value))
    case 'replace':
      return withValue(operation, (value) => replace(root, path, value))
    case 'test':
      return withValue(operation, (value) => (isEqual(get(root, path), value) ? root : undefined))
    case 'remove':
      return path.length === 0 ? undefined : remove(root, path)
    case 'move':
      return move(root, operation, path)
    case 'copy': {
      const from = parsePointer(operation['from'])
      const value = from === null ? undefined : get(root, from)
      return value === undefined ? undefined : add(root, path, value)
    }
    default:
      return assertNever(operation.op)
  }
}

function withValue(
  operation: PatchOperation,
  use: (value: Json) => Json | undefined,
): Json | undefined {
  const value = operation['value'] as Json | undefined // records and patches are JSON; a missing value does not fit
  return value === undefined ? undefined : use(value)
}

function move(root: Json, operation: PatchOperation, path: Path): Json | undefined {
  const from = parsePointer(operation['from'])
  if (from === null) return undefined
  const value = get(root, from)
  if (value === undefined) return undefined
  if (from.length === path.length && from.every((part, index) => part === path[index])) return root
  const isInside = from.every((part, index) => part === path[index])
  if (isInside) return undefined
  const without = remove(root, from)
  return without === undefined ? undefined : add(without, path, value)
}

type Path = readonly string[]

function parsePointer(pointer: unknown): Path | null {
  if (pointer === '') return []
  if (typeof pointer !== 'string' || !pointer.startsWith('/')) return null
  if (/~(?![01])/.test(pointer)) return null
  return tokensOf(pointer)
}

function get(root: Json, path: Path): Json | undefined {
  let value: Json | undefined = root
  for (const part of path) {
    if (value === undefined) return undefined
    value = childOf(value, part)
  }
  return value
}

function childOf(value: Json, part: string): Json | undefined {
  if (isList(value)) return isIndex(part) ? value[Number(part)] : undefined
  if (typeof value !== 'object' || value === null) return undefined
  return ownValue(value, part)
}

function add(root: Json, path: Path, value: Json): Json | undefined {
  return change(root, path, {
    atRoot: value,
    inList: (list, part) => {
      const index = part === '-' ? list.length : indexOf(part)
      return index === null || index > list.length ? undefined : list.toSpliced(index, 0, value)
    },
    inObject: (object, key) => withKey(object, key, value),
  })
}

function replace(root: Json, path: Path, value: Json): Json | undefined {
  if (get(root, path) === undefined) return undefined
  return change(root, path, {
    atRoot: value,
    inList: (list, part) => list.with(Number(part), value),
    inObject: (object, key) => withKey(object, key, value),
  })
}

function remove(root: Json, path: Path): Json | undefined {
  if (get(root, path) === undefined) return undefined
  return change(root, path, {
    atRoot: null,
    inList: (list, part) => list.toSpliced(Number(part), 1),
    inObject: (object, key) =>
      Object.fromEntries(Object.entries(object).filter(([name]) => name !== key)),
  })
}

type JsonObject = { readonly [key: string]: Json }
type Edit = {
  readonly atRoot: Json
  readonly inList: (list: readonly Json[], part: string) => Json | undefined
  readonly inObject: (object: JsonObject, key: string) => Json | undefined
}

/** Copies what leads to the path, and edits the container that the last part of it names. */
function change(root: Json, path: Path, edit: Edit): Json | undefined {
  const [part, ...rest] = path
  if (part === undefined) return edit.atRoot
  if (typeof root !== 'object' || root === null) return undefined
  if (rest.length === 0) return isList(root) ? edit.inList(root, part) : edit.inObject(root, part)
  const child = childOf(root, part)
  const changed = child === undefined ? undefined : change(child, rest, edit)
  if (changed === undefined) return undefined
  return isList(root) ? root.with(Number(part), changed) : withKey(root, part, changed)
}

function withKey(object: JsonObject, key: string, value: Json): Json {
  const copy: Record<string, Json> = { ...object }
  put(copy, key, value)
  return copy
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}

function isIndex(part: string): boolean {
  return /^(?:0|[1-9]\d*)$/.test(part)
}

function indexOf(part: string): number | null {
  return isIndex(part) ? Number(part) : null
}

/** Whether two values are the same, whatever the order of their keys. */
export function isEqual(a: Json | undefined, b: Json): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (isList(a) || isList(b)) {
    return (
      isList(a) && isList(b) && a.length === b.length && b.every((item, i) => isEqual(a[i], item))
    )
  }
  const keys = Object.keys(b)
  const isSameSize = Object.keys(a).length === keys.length
  return isSameSize && keys.every((key) => isEqual(ownValue(a, key), ownValue(b, key) ?? null))
}
