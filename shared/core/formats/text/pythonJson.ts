import { unquote } from '../../codec/pointer.ts'
import type { TextNode } from './parseText.ts'

/** How Python's `json.dumps` writes; the defaults are its own. */
export type PythonStyle = {
  /** Keys in the order of their code points. */
  readonly sortKeys?: boolean
  /** Escapes everything beyond ASCII. Default true. */
  readonly ensureAscii?: boolean
  /** Spaces a level, each value on a line of its own; absent: one line with `, ` and `: ` between. */
  readonly indent?: number
}

/**
 * What Python's `json.dumps(json.loads(text))` gives of a tree: `7.0` stays `7.0`, integers of any size keep their digits, and
 * strings are quoted its way. Of a key that stands twice the last value is at the place of the first.
 */
export function pythonJson(node: TextNode, style: PythonStyle = {}): string {
  return write(node, style, 0)
}

function write(node: TextNode, style: PythonStyle, depth: number): string {
  if (node.kind === 'scalar') {
    return node.lexeme.startsWith('"')
      ? pythonString(unquote(node.lexeme), style)
      : pythonWord(node.lexeme)
  }
  const parts = node.kind === 'array' ? items(node.items, style, depth) : pairs(node, style, depth)
  const [begin, end] = node.kind === 'array' ? ['[', ']'] : ['{', '}']
  if (parts.length === 0) return `${begin}${end}`
  if (style.indent === undefined) return `${begin}${parts.join(', ')}${end}`
  const inner = ' '.repeat(style.indent * (depth + 1))
  const outer = ' '.repeat(style.indent * depth)
  return `${begin}\n${inner}${parts.join(`,\n${inner}`)}\n${outer}${end}`
}

function items(nodes: readonly TextNode[], style: PythonStyle, depth: number): readonly string[] {
  return nodes.map((item) => write(item, style, depth + 1))
}

function pairs(
  node: Extract<TextNode, { kind: 'object' }>,
  style: PythonStyle,
  depth: number,
): readonly string[] {
  const values = new Map(node.members.map(({ key, value }) => [key, value]))
  const entries = [...values]
  const ordered =
    style.sortKeys === true ? entries.toSorted(([a], [b]) => compareCodePoints(a, b)) : entries
  return ordered.map(
    ([key, value]) => `${pythonString(key, style)}: ${write(value, style, depth + 1)}`,
  )
}

function pythonWord(lexeme: string): string {
  if (!/^-?\d/.test(lexeme)) return lexeme
  if (/^-?\d+$/.test(lexeme)) return lexeme === '-0' ? '0' : lexeme
  return pythonFloat(Number(lexeme))
}

/** `repr` of a Python float: the shortest digits that read back the same, as JavaScript's, in its own layout. */
function pythonFloat(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity'
  const [, sign = '', first = '', rest = '', power = '0'] =
    /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(
      Object.is(value, -0) ? '-0e+0' : value.toExponential(),
    ) ?? []
  const digits = first + rest
  const exponent = Number(power)
  if (exponent < -4 || exponent >= 16) {
    const mantissa = rest === '' ? first : `${first}.${rest}`
    const size = String(Math.abs(exponent)).padStart(2, '0')
    return `${sign}${mantissa}e${exponent < 0 ? '-' : '+'}${size}`
  }
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0')
  return `${sign}${whole}.${digits.slice(exponent + 1) || '0'}`
}

/** A string as `json.dumps` quotes it: everything outside U+0020 to U+007E in lower-case hex. */
export function pythonString(text: string, { ensureAscii = true }: PythonStyle = {}): string {
  const quoted = JSON.stringify(text)
  if (!ensureAscii) return quoted
  return quoted.replaceAll(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** Python's order of strings. UTF-16 order puts pairs before U+E000; code points do not. */
export function compareCodePoints(a: string, b: string): number {
  const left = Array.from(a)
  const right = Array.from(b)
  const index = left.findIndex((character, at) => character !== right[at])
  if (index === -1) return left.length - right.length
  return (left[index]?.codePointAt(0) ?? 0) - (right[index]?.codePointAt(0) ?? -1)
}
