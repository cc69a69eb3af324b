// Patterns are matched by a port of RE2, whose syntax is that of CEL: the time is that of the text times that of the pattern.
import { RE2JS, RE2JSSyntaxException } from 're2js'
import { patternSize } from './patternSize.ts'

export type Compiled = { readonly pattern: RE2JS; readonly size: number }
export type Uncompiled = { readonly problem: string }

export const maxPatternLength = 1000
const maxSize = 2000

/** Compiles a pattern, or says why it cannot be used. */
export function compilePattern(text: string): Compiled | Uncompiled {
  const problem = (why: string) => ({ problem: `the pattern \`${text}\` cannot be used: ${why}.` })
  if (text.length > maxPatternLength)
    return { problem: 'the pattern is longer than 1,000 characters.' }
  if (patternSize(text) > maxSize)
    return problem('it is too large with its repetitions written out')
  try {
    const pattern = RE2JS.compile(text)
    return { pattern, size: pattern.programSize() }
  } catch (error) {
    if (error instanceof RE2JSSyntaxException) return problem(flawOf(error))
    throw error
  }
}

/** What the library says, as words that name the part of the pattern. */
function flawOf({ error, input }: RE2JSSyntaxException): string {
  const part = input ?? ''
  if (/^\(\?<?[=!]/.test(part)) return 'looking ahead or behind is not supported'
  if (/^\\[1-9k]/.test(part)) return 'references back to a group are not supported'
  const known = sentences.get(error)
  if (known !== undefined) return known(`\`${part}\``)
  return part === '' ? error : `${error}: \`${part}\``
}

const sentences: ReadonlyMap<string, (part: string) => string> = new Map<
  string,
  (part: string) => string
>([
  ['missing closing )', () => 'a `)` is missing'],
  ['unexpected )', () => 'a `)` stands alone'],
  ['missing closing ]', () => 'a `]` is missing'],
  ['trailing backslash at end of expression', () => 'it ends with a lone `\\`'],
  ['missing argument to repetition operator', (part) => `nothing to repeat before ${part}`],
  ['invalid nested repetition operator', (part) => `${part} repeats a repetition`],
  ['invalid repeat count', (part) => `${part} counts backwards or beyond 1,000`],
  ['invalid escape sequence', (part) => `${part} is not supported`],
  ['invalid or unsupported Perl syntax', (part) => `${part} is not supported`],
  ['invalid character class range', (part) => `${part} is no range or class of characters`],
  ['invalid named capture', (part) => `${part} is no name of a group`],
  ['duplicate capture group name', (part) => `two groups have the name ${part}`],
  ['expression nests too deeply', () => 'it is nested too deeply'],
  ['expression too large', () => 'it is too large with its repetitions written out'],
])
