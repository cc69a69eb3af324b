import type { TextNode, TextObject } from '../text/parseText.ts'
import { compareCodePoints, pythonString, type PythonStyle } from '../text/pythonJson.ts'

/**
 * A tree laid out as Python's `json.dumps` would, every number and every escape as it is written: a text that the engine wrote
 * comes back byte for byte, and a value that a person typed keeps its digits.
 */
export function layoutText(node: TextNode, style: PythonStyle): string {
  return lay(node, style, 0)
}

function lay(node: TextNode, style: PythonStyle, depth: number): string {
  if (node.kind === 'scalar') return scalar(node.lexeme, style)
  const parts =
    node.kind === 'array'
      ? node.items.map((item) => lay(item, style, depth + 1))
      : ordered(node, style).map(
          ({ key, value }) => `${pythonString(key, style)}: ${lay(value, style, depth + 1)}`,
        )
  const [begin, end] = node.kind === 'array' ? ['[', ']'] : ['{', '}']
  if (parts.length === 0) return `${begin}${end}`
  if (style.indent === undefined) return `${begin}${parts.join(', ')}${end}`
  const inner = ' '.repeat(style.indent * (depth + 1))
  const outer = ' '.repeat(style.indent * depth)
  return `${begin}\n${inner}${parts.join(`,\n${inner}`)}\n${outer}${end}`
}

function ordered(
  { members }: TextObject,
  { sortKeys = false }: PythonStyle,
): TextObject['members'] {
  return sortKeys ? members.toSorted((a, b) => compareCodePoints(a.key, b.key)) : members
}

function scalar(lexeme: string, { ensureAscii = true }: PythonStyle): string {
  if (!ensureAscii || !lexeme.startsWith('"')) return lexeme
  return lexeme.replaceAll(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
