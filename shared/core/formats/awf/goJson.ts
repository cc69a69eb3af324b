import { unquote } from '../../codec/pointer.ts'
import { parseShallow } from '../text/parseShallow.ts'
import type { TextNode } from '../text/parseText.ts'

/** A string as Go's encoding/json writes it: `<`, `>` and `&` are escaped, and what is no character is U+FFFD. */
export function goString(text: string): string {
  return JSON.stringify(text.replaceAll(/\p{Surrogate}/gu, '\ufffd')).replaceAll(
    /[<>&\u2028\u2029]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** JSON text in the layout and the escapes of Go's `MarshalIndent`; numbers stay as they are written. Null: it is no JSON, or nested too deeply. */
export function goLayout(text: string): string | null {
  const parsed = parseShallow(text)
  return parsed.kind === 'ok' ? goJson(parsed.root) : null
}

/** The tree as Go lays it out, its keys in their order. */
export function goJson(node: TextNode, indent = ''): string {
  if (node.kind === 'scalar')
    return node.lexeme.startsWith('"') ? goString(unquote(node.lexeme)) : node.lexeme
  const inner = `${indent}  `
  const parts =
    node.kind === 'array'
      ? node.items.map((item) => goJson(item, inner))
      : node.members.map(({ key, value }) => `${goString(key)}: ${goJson(value, inner)}`)
  const [begin, end] = node.kind === 'array' ? '[]' : '{}'
  return parts.length === 0
    ? `${begin}${end}`
    : `${begin}\n${inner}${parts.join(`,\n${inner}`)}\n${indent}${end}`
}
