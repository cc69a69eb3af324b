import type { Json } from '../../schema/json.ts'
import { isRecord, ownValue, type JsonList } from './jsonShape.ts'

const keyNames = ['id', 'name', 'key', 'seq', 'number'] as const

/** How the items of both lists are told apart: the first key name that every item has, with a value of its own; null if none. */
export function sharedKey(before: JsonList, after: JsonList): ((item: Json) => string) | null {
  if (before.length === 0 || after.length === 0) return null
  const name = keyNames.find((candidate) => isKey(before, candidate) && isKey(after, candidate))
  if (name === undefined) return null
  return (item) => JSON.stringify(isRecord(item) ? ownValue(item, name) : null)
}

function isKey(items: JsonList, name: string): boolean {
  const seen = new Set<string>()
  for (const item of items) {
    const value = isRecord(item) ? ownValue(item, name) : undefined
    if (typeof value !== 'string' && typeof value !== 'number') return false
    const text = JSON.stringify(value)
    if (seen.has(text)) return false
    seen.add(text)
  }
  return true
}
