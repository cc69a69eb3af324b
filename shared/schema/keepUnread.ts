/**
 * A schema leaves out what it does not look at, such as a key `__proto__`. Gives back the parsed value with every key that
 * the original has; what the schema handed through, and what lost nothing, is not copied.
 */
export function keepUnread<T>(original: unknown, parsed: T): T {
  return keep(original, parsed) as T // the parsed value, with more keys only where its schema is loose
}

function keep(original: unknown, parsed: unknown): unknown {
  if (Object.is(original, parsed)) return parsed
  if (Array.isArray(original) && Array.isArray(parsed)) return keepItems(original, parsed)
  if (!isObject(original) || !isObject(parsed)) return parsed
  const keys = Object.keys(original)
  let entries: (readonly [string, unknown])[] | null = null
  for (const [index, key] of keys.entries()) {
    const isRead = Object.hasOwn(parsed, key)
    const kept = isRead ? keep(original[key], parsed[key]) : original[key]
    // Most values lose nothing: only where one does, an object is made.
    if (!isRead || kept !== parsed[key])
      entries ??= keys.slice(0, index).map((before) => [before, parsed[before]])
    entries?.push([key, kept])
  }
  if (entries === null) return parsed
  const defaults = Object.entries(parsed).filter(([key]) => !Object.hasOwn(original, key))
  return Object.fromEntries([...entries, ...defaults])
}

/** A list of a schema has the items of the original, in their order. */
function keepItems(original: readonly unknown[], parsed: readonly unknown[]): readonly unknown[] {
  const items = parsed.map((item, index) => keep(original[index], item))
  return items.every((item, index) => item === parsed[index]) ? parsed : items
}

function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
