import type { Json } from '../../schema/json.ts'

export type JsonList = readonly Json[]
export type JsonRecord = { readonly [key: string]: Json }

export function isList(value: Json | undefined): value is JsonList {
  return Array.isArray(value)
}

export function isRecord(value: Json | undefined): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The own value of a key, `__proto__` included; undefined when there is none. */
export function ownValue(record: JsonRecord, key: string): Json | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined
}

/** Whether what a key of an object of JSON gave is not its own: a method of every object, or what `__proto__` leads to. */
export function isInherited(value: Json): boolean {
  return typeof value === 'function' || value === Object.prototype
}

/**
 * Whether two values are the same JSON, or both are missing. `0` and `-0` differ; the order of keys does not matter. Any
 * depth is fine.
 */
export function isEqualJson(left: Json | undefined, right: Json | undefined): boolean {
  const open: [Json | undefined, Json | undefined][] = [[left, right]]
  for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
    const [one, other] = pair
    if (Object.is(one, other)) continue
    if (isList(one) && isList(other)) {
      if (one.length !== other.length) return false
      one.forEach((item, index) => open.push([item, other[index]]))
    } else if (isRecord(one) && isRecord(other)) {
      const keys = definedKeys(one)
      if (keys.length !== definedKeys(other).length) return false
      for (const key of keys) open.push([one[key], ownValue(other, key)])
    } else return false
  }
  return true
}

/** Own keys that carry a value: a key set to `undefined` is not part of JSON. */
export function definedKeys(record: JsonRecord): readonly string[] {
  return Object.keys(record).filter((key) => record[key] !== undefined)
}
