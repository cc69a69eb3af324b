import { unquote } from '../codec/pointer.ts'
import { scanJson, type JsonFlaw } from '../codec/scanJson.ts'

/** What a document shows of itself without being parsed: its first level, as far as the text goes. */
export type Outline = {
  readonly root: 'object' | 'array' | 'scalar' | null
  /** Keys of the root object, each with what stands behind it. */
  readonly entries: ReadonlyMap<string, OutlineValue>
  readonly flaw: JsonFlaw | null
}

export type OutlineValue = {
  kind: 'object' | 'array' | 'scalar' | null
  /** The scalar itself, as it is written. */
  lexeme: string | null
  /** The scalar under the key `status` of an object, as it is written. */
  status: string | null
}

export function outlineOf(text: string): Outline {
  const entries = new Map<string, OutlineValue>()
  let root: Outline['root'] = null
  let depth = 0
  let value: OutlineValue | null = null
  let isStatus = false
  const onValue = (kind: OutlineValue['kind'], lexeme: string | null) => {
    if (depth === 0) root = kind
    if (depth === 1 && value !== null) Object.assign(value, { kind, lexeme })
    if (depth === 2 && value !== null && isStatus) value.status = lexeme
    isStatus = false
  }
  const flaw = scanJson(text, {
    open: (kind) => {
      onValue(kind, null)
      depth += 1
    },
    close: () => {
      depth -= 1
    },
    key: (start, end) => {
      isStatus = depth === 2 && text.slice(start, end) === '"status"'
      if (depth !== 1) return
      value = { kind: null, lexeme: null, status: null }
      entries.set(unquote(text.slice(start, end)), value)
    },
    scalar: (start, end) => onValue('scalar', depth > 2 ? null : text.slice(start, end)),
  })
  return { root, entries, flaw }
}
