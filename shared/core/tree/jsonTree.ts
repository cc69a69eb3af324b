// The tree of a JSON value, read a page at a time: no view ever needs the whole of it.
import type { Json } from '../../schema/json.ts'
import { pointer as pointerTo, tokensOf } from '../../schema/pointer.ts'

export type JsonNode = {
  readonly pointer: string
  readonly key: string
  readonly type: 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null'
  readonly size: number
  readonly preview: string
  readonly truncated: boolean
}

/** The value at an RFC 6901 pointer; undefined where there is none. */
export function resolvePointer(value: Json, pointer: string): Json | undefined {
  if (pointer === '') return value
  if (!pointer.startsWith('/')) return undefined
  let current: Json | undefined = value
  for (const key of tokensOf(pointer)) current = childAt(current, key)
  return current
}

export function describeNode(value: Json, pointer: string): JsonNode {
  const text = previewOf(value)
  const truncated = text.length > previewCharacters
  return {
    pointer,
    key: tokensOf(pointer).at(-1) ?? '',
    type: typeOf(value),
    size: sizeOf(value),
    preview: truncated ? text.slice(0, previewCharacters) : text,
    truncated,
  }
}

/** Where a child stands among its siblings, in document order; -1: there is none of that key. */
export function placeOf(value: Json, key: string): number {
  if (isArray(value)) return childAt(value, key) === undefined ? -1 : Number(key)
  return isObject(value) ? Object.keys(value).indexOf(key) : -1
}

/** One page of a value's children, in document order. */
export function childrenOf(
  value: Json,
  pointer: string,
  page: { readonly offset: number; readonly limit: number },
): readonly JsonNode[] {
  const end = page.offset + page.limit
  if (isArray(value))
    return value
      .slice(page.offset, end)
      .map((item, index) => describeNode(item, `${pointer}/${page.offset + index}`))
  if (!isObject(value)) return []
  return Object.entries(value)
    .slice(page.offset, end)
    .map(([key, item]) => describeNode(item, `${pointer}${pointerTo(key)}`))
}

const previewCharacters = 200

function childAt(value: Json | undefined, key: string): Json | undefined {
  if (value === undefined) return undefined
  if (isArray(value)) return /^(0|[1-9]\d*)$/.test(key) ? value[Number(key)] : undefined
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined
}

function previewOf(value: Json): string {
  if (isArray(value)) return value.length === 0 ? '[]' : `[${value.length}]`
  if (isObject(value)) {
    const count = Object.keys(value).length
    return count === 0 ? '{}' : `{${count}}`
  }
  return typeof value === 'string'
    ? JSON.stringify(value.slice(0, previewCharacters + 1))
    : JSON.stringify(value)
}

function sizeOf(value: Json): number {
  if (isArray(value) || typeof value === 'string') return value.length
  return isObject(value) ? Object.keys(value).length : 0
}

function typeOf(value: Json): JsonNode['type'] {
  if (value === null) return 'null'
  if (isArray(value)) return 'array'
  if (typeof value === 'string') return 'string'
  if (typeof value === 'number') return 'number'
  return typeof value === 'boolean' ? 'boolean' : 'object'
}

export function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}

export function isObject(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
