import type { Json } from '../../schema/json.ts'
import { isSame } from './isSame.ts'
import { isList, isRecord, type JsonList } from './jsonShape.ts'

/** Gives equal items equal numbers, over all lists that it is asked about. */
export type ItemClasses = { readonly of: (items: JsonList) => Int32Array }

/** More values than these that only seem alike are not told from one another, but called different. */
const mostAlike = 64

type Known = { readonly value: Json; readonly number: number }

export function createItemClasses(): ItemClasses {
  const alike = new Map<number, Known[]>()
  let next = 0
  const classOf = (item: Json): number => {
    const hash = hashOf(item, 0)
    const known = alike.get(hash)
    const same = known?.find(({ value }) => isSame(value, item))
    if (same !== undefined) return same.number
    const number = next++
    if (known === undefined) alike.set(hash, [{ value: item, number }])
    else if (known.length < mostAlike) known.push({ value: item, number })
    return number
  }
  return { of: (items) => Int32Array.from(items, classOf) }
}

const maxDepth = 300

/** The same for equal values, whatever the order of their keys; of a long text only some characters are looked at. */
function hashOf(value: Json, depth: number): number {
  if (typeof value === 'string') return hashText(value)
  if (typeof value === 'number') return hashNumber(value)
  if (depth > maxDepth) return 1
  let hash = 0
  if (isList(value)) {
    hash = 7
    for (const item of value) hash = mix(hash, hashOf(item, depth + 1))
  } else if (isRecord(value)) {
    hash = 11
    for (const key in value) {
      const child = value[key]
      if (child !== undefined) hash = (hash + mix(hashText(key), hashOf(child, depth + 1))) | 0
    }
  } else hash = value === null ? 3 : value ? 4 : 5
  return hash
}

function hashNumber(value: number): number {
  const whole = value | 0
  return mix(whole, value === whole ? 1 : ((value - whole) * 0x40000000) | 0)
}

const longText = 32

function hashText(text: string): number {
  const { length } = text
  let hash = length
  const step = length <= longText ? 1 : length / longText
  for (let at = 0; at < length; at += step) hash = mix(hash, text.charCodeAt(at))
  return hash
}

function mix(hash: number, value: number): number {
  const mixed = Math.imul(hash ^ value, 0x9e3779b1)
  return mixed ^ (mixed >>> 15)
}
