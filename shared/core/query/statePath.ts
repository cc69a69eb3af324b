// Ways to say a place in the state: a pointer (/inputs/orderId), a path ($.inputs.orderId, $..orderId), or the key alone.
import { pointer } from '../../schema/pointer.ts'

/** The pointer that is meant, with `*` for any key and `**` for any number of keys; null for what is none. */
export function readStatePath(text: string): string | null {
  if (text === '' || text.startsWith('/')) return text
  if (text.startsWith('$')) return fromPath(text.slice(1))
  return /^[^\s.[\]$]+$/.test(text) ? pointer('**', text) : fromPath(`.${text}`)
}

function fromPath(path: string): string | null {
  const keys: string[] = []
  let at = 0
  for (const match of path.matchAll(part)) {
    if (match.index !== at) return null
    at += match[0].length
    const [, deep, key, index, quotedKey] = match
    if (deep === '..') keys.push('**')
    keys.push(key ?? index ?? quotedKey ?? '')
  }
  return at === path.length ? pointer(...keys) : null
}

const part = /(\.\.?)([^.[\]]+)|\[(\d+|\*)\]|\['([^']*)'\]/g
