// A JSON scanner that keeps every lexeme: it says where each key and value stands, and where and why a text is no JSON.

/** Why and where a text is no JSON; `index` counts UTF-16 units. */
export type JsonFlaw = { readonly index: number; readonly sentence: string }

/** Called in the order of the text, with the bounds of each lexeme. */
export type JsonVisitor = {
  readonly open?: (kind: 'object' | 'array', start: number) => void
  readonly close?: (end: number) => void
  /** A key of an object, its quotes included. */
  readonly key?: (start: number, end: number) => void
  readonly scalar?: (start: number, end: number) => void
}

/** `python` takes `NaN`, `Infinity` and `-Infinity` too, which Python's `json` writes and no other reader takes. */
export type JsonDialect = 'rfc8259' | 'python'

/** Goes once through the text without recursion. Null when the text is one JSON value, by RFC 8259. */
export function scanJson(
  text: string,
  visitor: JsonVisitor = {},
  dialect: JsonDialect = 'rfc8259',
): JsonFlaw | null {
  const stack: ('object' | 'array')[] = []
  let index = skipSpace(text, 0)
  let expected: 'value' | 'first' | 'after' = 'value'
  for (;;) {
    if (expected === 'after') {
      const container = stack.at(-1)
      if (container === undefined) return endOfText(text, index)
      const character = text[index]
      if (character === (container === 'object' ? '}' : ']')) {
        stack.pop()
        visitor.close?.(index + 1)
        index = skipSpace(text, index + 1)
        continue
      }
      if (character !== ',') return missing(text, index, container)
      index = skipSpace(text, index + 1)
      expected = 'value'
      if (container === 'array') continue
      const after = scanKey(text, index, visitor)
      if (typeof after !== 'number') return after
      index = after
      continue
    }
    if (expected === 'first') {
      const container = stack.at(-1)
      expected = text[index] === (container === 'object' ? '}' : ']') ? 'after' : 'value'
      if (expected === 'after' || container === 'array') continue
      const after = scanKey(text, index, visitor)
      if (typeof after !== 'number') return after
      index = after
      continue
    }
    const character = text[index]
    if (character === '{' || character === '[') {
      const kind = character === '{' ? 'object' : 'array'
      stack.push(kind)
      visitor.open?.(kind, index)
      index = skipSpace(text, index + 1)
      expected = 'first'
      continue
    }
    const end = scanScalar(text, index, dialect)
    if (typeof end !== 'number') return end
    visitor.scalar?.(index, end)
    index = skipSpace(text, end)
    expected = 'after'
  }
}

/** Scans a key and its colon; returns where the value begins. */
function scanKey(text: string, start: number, visitor: JsonVisitor): number | JsonFlaw {
  if (text[start] !== '"') return unexpected(text, start, 'a key in quotes')
  const end = scanString(text, start)
  if (typeof end !== 'number') return end
  visitor.key?.(start, end)
  const colon = skipSpace(text, end)
  if (text[colon] !== ':') return unexpected(text, colon, 'a colon after the key')
  return skipSpace(text, colon + 1)
}

const numberPattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const pythonNumbers = ['NaN', 'Infinity', '-Infinity'] as const
const literals: { readonly [first: string]: string } = { t: 'true', f: 'false', n: 'null' }

function scanScalar(text: string, start: number, dialect: JsonDialect): number | JsonFlaw {
  if (text[start] === '"') return scanString(text, start)
  if (dialect === 'python') {
    const word = pythonNumbers.find((one) => text.startsWith(one, start))
    if (word !== undefined) return start + word.length
  }
  const literal = literals[text[start] ?? '']
  if (literal !== undefined && text.startsWith(literal, start)) return start + literal.length
  numberPattern.lastIndex = start
  const found = numberPattern.exec(text)
  return found === null ? unexpected(text, start, 'a value') : start + found[0].length
}

const escapePattern = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y

function scanString(text: string, start: number): number | JsonFlaw {
  let index = start + 1
  while (index < text.length) {
    const code = text.charCodeAt(index)
    if (code === 0x22) return index + 1
    if (code < 0x20) return { index, sentence: 'A control character stands inside a string.' }
    if (code !== 0x5c) {
      index += 1
      continue
    }
    escapePattern.lastIndex = index
    const escape = escapePattern.exec(text)
    if (escape === null) return { index, sentence: 'A backslash begins no valid escape.' }
    index += escape[0].length
  }
  return { index: text.length, sentence: 'The text ends inside a string.' }
}

function skipSpace(text: string, start: number): number {
  let index = start
  for (;;) {
    const code = text.charCodeAt(index)
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return index
    index += 1
  }
}

function endOfText(text: string, index: number): JsonFlaw | null {
  if (index >= text.length) return null
  return { index, sentence: `The document is complete, but ${characterAt(text, index)} follows.` }
}

function missing(text: string, index: number, container: 'object' | 'array'): JsonFlaw {
  return unexpected(text, index, container === 'object' ? 'a comma or }' : 'a comma or ]')
}

function unexpected(text: string, index: number, expected: string): JsonFlaw {
  if (index >= text.length) {
    return { index: text.length, sentence: `The text ends where ${expected} was expected.` }
  }
  return { index, sentence: `Expected ${expected}, found ${characterAt(text, index)}.` }
}

function characterAt(text: string, index: number): string {
  const code = text.codePointAt(index) ?? 0
  const isVisible = code > 0x20 && code < 0x7f
  return isVisible
    ? String.fromCodePoint(code)
    : `U+${code.toString(16).toUpperCase().padStart(4, '0')}`
}
