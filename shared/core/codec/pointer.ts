import { pointer } from '../../schema/pointer.ts'
import { scanJson } from './scanJson.ts'

/** RFC 6901 pointer of a path, as a schema names it. */
export function toPointer(path: readonly PropertyKey[]): string {
  return pointer(...path.map(String))
}

/** Where the value at a path begins in the text; for a path that leads nowhere, the closest value that holds it. */
export function indexOfPath(text: string, path: readonly PropertyKey[]): number {
  const target = path.map(String)
  const position = createPosition()
  let best = { depth: -1, index: 0 }
  const onValue = (start: number) => {
    position.enter()
    const depth = position.depth()
    if (depth > best.depth && depth <= target.length && position.isPrefixOf(target)) {
      best = { depth, index: start }
    }
  }
  scanJson(text, {
    open: (kind, start) => {
      onValue(start)
      position.open(kind)
    },
    close: () => position.close(),
    key: (start, end) => position.key(unquote(text.slice(start, end))),
    scalar: onValue,
  })
  return best.index
}

/** The text of a string lexeme that a scan has found to be valid. */
export function unquote(lexeme: string): string {
  return String(JSON.parse(lexeme))
}

/** Follows a scan: which keys and indices lead to the value that begins now. */
export function createPosition() {
  const parts: { readonly kind: 'object' | 'array'; at: string | number }[] = []
  return {
    enter(): void {
      const last = parts.at(-1)
      if (last?.kind === 'array' && typeof last.at === 'number') last.at += 1
    },
    open(kind: 'object' | 'array'): void {
      parts.push({ kind, at: kind === 'array' ? -1 : '' })
    },
    close(): void {
      parts.pop()
    },
    key(key: string): void {
      const last = parts.at(-1)
      if (last !== undefined) last.at = key
    },
    depth: (): number => parts.length,
    pointer: (): string => toPointer(parts.map(({ at }) => at)),
    isPrefixOf: (target: readonly string[]): boolean =>
      parts.every(({ at }, index) => String(at) === target[index]),
  }
}
