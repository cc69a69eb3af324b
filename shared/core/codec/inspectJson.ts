import { maxJsonDepth } from '../../schema/json.ts'
import { toPointer, unquote } from './pointer.ts'
import { scanJson, type JsonFlaw } from './scanJson.ts'

/** A key that an object has more than once; `index` is where it stands again. */
export type DuplicateKey = {
  readonly key: string
  readonly pointer: string
  readonly index: number
}

export type JsonInspection = {
  readonly flaw: JsonFlaw | null
  /** The innermost value that had begun before the flaw. */
  readonly flawPointer: string
  readonly duplicates: readonly DuplicateKey[]
  readonly depth: number
}

type Level = { readonly keys: Set<string> | null; items: number; key: string | null }

/** What `JSON.parse` does not say of a text: where it breaks, which keys stand twice, how deep it is. */
export function inspectJson(text: string): JsonInspection {
  const levels: Level[] = []
  const duplicates: DuplicateKey[] = []
  let depth = 0
  const countItem = () => {
    const level = levels.at(-1)
    if (level !== undefined) level.items += 1
  }
  const onKey = (start: number, end: number) => {
    const level = levels.at(-1)
    if (level === undefined || level.keys === null) return
    const raw = text.slice(start + 1, end - 1)
    const key = raw.includes('\\') ? unquote(text.slice(start, end)) : raw
    level.key = key
    if (level.keys.has(key)) duplicates.push({ key, pointer: pointerOf(levels), index: start })
    level.keys.add(key)
  }
  const flaw = scanJson(text, {
    open: (kind) => {
      countItem()
      levels.push({ keys: kind === 'object' ? new Set() : null, items: 0, key: null })
      depth = Math.max(depth, levels.length)
    },
    close: () => levels.pop(),
    key: onKey,
    scalar: countItem,
  })
  return { flaw, flawPointer: pointerOf(levels.slice(0, maxJsonDepth)), duplicates, depth }
}

function pointerOf(levels: readonly Level[]): string {
  const parts = levels.map(({ keys, key, items }) => (keys === null ? items - 1 : key))
  return toPointer(parts.flatMap((part) => (part === null || part === -1 ? [] : [part])))
}
