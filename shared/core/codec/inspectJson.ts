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
  readonly duplicates: readonly DuplicateKey[]
  readonly depth: number
}

type Level = { readonly keys: Set<string> | null; items: number; key: string }

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
    level.key = text.slice(start + 1, end - 1)
    if (level.key.includes('\\')) level.key = unquote(text.slice(start, end))
    if (level.keys.has(level.key)) {
      duplicates.push({ key: level.key, pointer: pointerOf(levels), index: start })
    }
    level.keys.add(level.key)
  }
  const flaw = scanJson(text, {
    open: (kind) => {
      countItem()
      levels.push({ keys: kind === 'object' ? new Set() : null, items: 0, key: '' })
      depth = Math.max(depth, levels.length)
    },
    close: () => levels.pop(),
    key: onKey,
    scalar: countItem,
  })
  return { flaw, duplicates, depth }
}

function pointerOf(levels: readonly Level[]): string {
  return toPointer(levels.map(({ keys, key, items }) => (keys === null ? items - 1 : key)))
}
