// The two ways in which people write a path: as a pointer, `/a/b/3`, and as programs do, `a.b[3]`.
import { pointer as pointerTo, tokensOf } from '../../schema/pointer.ts'

/** `a.b[3]["odd key"]`; empty for the whole value. */
export function dottedPath(pointer: string): string {
  return tokensOf(pointer).reduce((path, token) => path + dottedPart(token, path === ''), '')
}

/** The keys of a path in either way, with or without the `$` of JSON path in front; null where it is none. */
export function parsePath(text: string): readonly string[] | null {
  const path = text.trim()
  if (path.startsWith('/')) return tokensOf(path)
  const inside = path.startsWith('$') ? path.slice(1) : path
  if (inside === '') return []
  return dottedTokens(inside)
}

/** The pointer of a path in either way; null where it is none. */
export function pointerOfPath(text: string): string | null {
  const tokens = parsePath(text)
  return tokens === null ? null : pointerTo(...tokens)
}

function dottedPart(token: string, isFirst: boolean): string {
  if (/^\d+$/.test(token)) return `[${token}]`
  if (/^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(token)) return isFirst ? token : `.${token}`
  return `[${JSON.stringify(token)}]`
}

const part = /\.?([^.[\]"']+)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]|\['([^']*)'\]/y

function dottedTokens(text: string): readonly string[] | null {
  const tokens: string[] = []
  part.lastIndex = 0
  while (part.lastIndex < text.length) {
    const found = part.exec(text)
    if (found === null) return null
    const [, name, index, quoted, single] = found
    tokens.push(name ?? index ?? single ?? unquoted(quoted ?? '""'))
  }
  return tokens
}

function unquoted(text: string): string {
  try {
    return String(JSON.parse(text))
  } catch (error) {
    // An escape that JSON does not know stands for itself.
    if (error instanceof SyntaxError) return text.slice(1, -1)
    throw error
  }
}
