// JSON.parse, guarded against an engine that takes one key for another.

/**
 * As `JSON.parse`. V8 13.6 compares a key as it is written, escapes and all, with the key that came next in the last object of
 * that shape: after `{"\\":1}`, `{"\"":2}` is read with the key `\`. A text in which a key begins with an escape is read key by
 * key instead.
 */
export function parseJson(text: string): unknown {
  const value: unknown = JSON.parse(text)
  return hasKeyWithEscape(text) ? build(text) : value
}

/** The same; undefined, which JSON cannot say, of a text that is none. */
export function parseJsonIfAny(text: string): unknown {
  try {
    return parseJson(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function hasKeyWithEscape(text: string): boolean {
  // Quotes are everywhere, and most texts have no escape at all.
  if (!text.includes('\\')) return false
  for (let at = text.indexOf('"\\'); at !== -1; at = text.indexOf('"\\', at + 2))
    if (text[skipSpace(text, endOfString(text, at))] === ':') return true
  return false
}

type Container = { readonly items: unknown[] } | { readonly fields: object; key: string | null }

/** Of a text that is JSON. Not recursive: it may be as deep as the engine reads. */
function build(text: string): unknown {
  const open: Container[] = []
  let root: unknown
  const put = (value: unknown): void => {
    const parent = open.at(-1)
    if (parent === undefined) root = value
    else if ('items' in parent) parent.items.push(value)
    else {
      // As JSON.parse has it: `__proto__` is a key like any other.
      const field = { value, enumerable: true, configurable: true, writable: true }
      Object.defineProperty(parent.fields, parent.key ?? '', field)
      parent.key = null
    }
  }
  for (let at = skipSpace(text, 0); at < text.length; at = skipSpace(text, at)) {
    const sign = text[at]
    if (sign === '{' || sign === '[') {
      const container = sign === '[' ? { items: [] } : { fields: {}, key: null }
      put('items' in container ? container.items : container.fields)
      open.push(container)
      at += 1
    } else if (sign === '}' || sign === ']') {
      open.pop()
      at += 1
    } else if (sign === ',' || sign === ':') {
      at += 1
    } else {
      const end = sign === '"' ? endOfString(text, at) : endOfWord(text, at)
      const scalar: unknown = JSON.parse(text.slice(at, end))
      const parent = open.at(-1)
      if (parent !== undefined && 'fields' in parent && parent.key === null)
        parent.key = String(scalar)
      else put(scalar)
      at = end
    }
  }
  return root
}

/** Behind the quote that closes the string which begins here. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '"') return at + 1
    if (text[at] === '\\') at += 1
  }
  return text.length
}

function endOfWord(text: string, start: number): number {
  let at = start
  while (at < text.length && !' \n\r\t,:]}'.includes(text[at] ?? '')) at += 1
  return at
}

function skipSpace(text: string, from: number): number {
  let at = from
  while (at < text.length && ' \n\r\t'.includes(text[at] ?? '')) at += 1
  return at
}
