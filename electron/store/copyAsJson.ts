import { maxJsonDepth } from '../../shared/schema/json.ts'

/**
 * A value as it comes back from its JSON text, without making the text: a copy that shares nothing but strings. What is
 * not plain goes through the text, so that the two never differ. Undefined for what JSON leaves out.
 */
export function copyAsJson(value: unknown): unknown {
  return copy(value, 0)
}

function copy(value: unknown, depth: number): unknown {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value
    case 'number':
      // JSON knows neither NaN nor the sign of -0.
      return Number.isFinite(value) ? value + 0 : null
    case 'object':
      if (value === null) return null
      if (depth >= maxJsonDepth || 'toJSON' in value) return throughText(value)
      return Array.isArray(value) ? copyItems(value, depth) : copyEntries(value, depth)
    default:
      return throughText(value)
  }
}

function copyItems(items: readonly unknown[], depth: number): unknown {
  const copied: unknown[] = []
  for (const item of items) copied.push(copy(item, depth + 1) ?? null)
  return copied
}

function copyEntries(value: object, depth: number): unknown {
  if (!isPlain(value)) return throughText(value)
  const copied: { [key: string]: unknown } = {}
  for (const key of Object.keys(value)) {
    // Assigned, it would become the prototype.
    if (key === '__proto__') return throughText(value)
    const child = copy(Reflect.get(value, key), depth + 1)
    if (child !== undefined) copied[key] = child
  }
  return copied
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

function throughText(value: unknown): unknown {
  const text: string | undefined = JSON.stringify(value)
  return text === undefined ? undefined : JSON.parse(text)
}
