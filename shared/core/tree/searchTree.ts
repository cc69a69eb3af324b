// Looks through a whole value for a text, in document order, in small steps.
import type { Json } from '../../schema/json.ts'
import { pointer as pointerTo } from '../../schema/pointer.ts'
import { isArray, isObject } from './jsonTree.ts'
import { parsePath } from './paths.ts'

export type TreeMatch = {
  readonly pointer: string
  readonly value: Json
  readonly where: 'key' | 'path' | 'value'
  /** The text around the place; null where a key or path matched. */
  readonly excerpt: string | null
}

/** `looked`: values that were passed so far, this one too. Without a match it is only a pause. */
export type SearchStep = { readonly looked: number; readonly match: TreeMatch | null }

/**
 * Every value below the root of which the key or the text holds the query, whatever the case; a query that is a path, such as
 * `steps.load.output`, finds what ends with it. The first `skip` values are passed by.
 */
export function* searchTree(
  root: Json,
  { query, skip = 0 }: { readonly query: string; readonly skip?: number },
): Generator<SearchStep, void, void> {
  const find = createTest(query)
  const path: string[] = []
  const open = [entriesOf(root)]
  let looked = 0
  for (let level = open.at(-1); level !== undefined; level = open.at(-1)) {
    const next = level.next()
    path.length = open.length - 1
    if (next.done === true) {
      open.pop()
      continue
    }
    const [key, value] = next.value
    path.push(key)
    looked += 1
    if (looked > skip) {
      const found = find(path, value)
      if (found !== null) yield { looked, match: { pointer: pointerTo(...path), value, ...found } }
    }
    if (looked % pauseEvery === 0) yield { looked, match: null }
    if (isArray(value) || isObject(value)) open.push(entriesOf(value))
  }
}

const pauseEvery = 4096
const excerptCharacters = 160

type Found = Pick<TreeMatch, 'where' | 'excerpt'>

function createTest(query: string): (path: readonly string[], value: Json) => Found | null {
  const wanted = query.toLowerCase()
  const parts = /[./[\]]/.test(query) ? parsePath(query)?.map((one) => one.toLowerCase()) : null
  return (path, value) => {
    const key = path.at(-1)?.toLowerCase() ?? ''
    if (parts && parts.length > 1 && endsWith(path, parts)) return { where: 'path', excerpt: null }
    if (key.includes(wanted)) return { where: 'key', excerpt: null }
    const text = textOf(value)
    const at = text === null ? -1 : text.toLowerCase().indexOf(wanted)
    if (text === null || at === -1) return null
    return { where: 'value', excerpt: around(text, at, wanted.length) }
  }
}

/** The last part of a path that is still being typed need not be whole. */
function endsWith(path: readonly string[], parts: readonly string[]): boolean {
  const start = path.length - parts.length
  if (start < 0) return false
  return parts.every((part, index) => {
    const own = path[start + index]?.toLowerCase() ?? ''
    return index === parts.length - 1 ? own.startsWith(part) : own === part
  })
}

function textOf(value: Json): string | null {
  if (typeof value === 'string') return value
  return typeof value === 'object' && value !== null ? null : String(value)
}

function around(text: string, at: number, length: number): string {
  const before = Math.floor((excerptCharacters - Math.min(length, excerptCharacters)) / 2)
  const start = Math.max(0, at - before)
  const piece = text.slice(start, start + excerptCharacters)
  const end = start + excerptCharacters < text.length ? '…' : ''
  return `${start > 0 ? '…' : ''}${piece}${end}`
}

function* entriesOf(value: Json): Generator<readonly [string, Json], void, void> {
  if (isArray(value)) for (const [index, item] of value.entries()) yield [String(index), item]
  else if (isObject(value)) for (const key of Object.keys(value)) yield [key, value[key] ?? null]
}
