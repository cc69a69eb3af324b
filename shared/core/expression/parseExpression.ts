// The expression room turns the conditions, templates and values of definitions into JSON. It never throws, never hangs and
// reaches nothing outside its scope. The library reads the language; it is evaluated here, where each step is paid for.
import { Environment, type ASTNode } from '@marcbachmann/cel-js'

/** A flaw in the text of an expression. */
export type ExpressionProblem = {
  readonly message: string
  /** Where in the text, from 0. */
  readonly offset: number
  /** What may have been meant. */
  readonly suggestion: string | null
}

export type Parsed =
  | { readonly kind: 'expression'; readonly node: ASTNode; readonly offset: number }
  | { readonly kind: 'problem'; readonly problem: ExpressionProblem }

export const maxExpressionLength = 10_000
const maxDepth = 150

const environment = new Environment({
  unlistedVariablesAreDyn: true,
  limits: { maxAstNodes: 5000, maxDepth },
})

/** Reads one expression, with or without `${{ }}` around it. */
export function parseExpression(text: string): Parsed {
  const { inner, offset } = unwrap(text)
  if (inner.trim() === '') return problem('it is empty.', 0)
  if (inner.length > maxExpressionLength)
    return problem(`it is longer than ${maxExpressionLength} characters.`, 0)
  try {
    const node: ASTNode = environment.parse(inner).ast
    if (depthOf(node) > maxDepth) return problem('it is nested too deeply.', offset)
    return { kind: 'expression', node, offset }
  } catch (error) {
    if (error instanceof RangeError) return problem('it is nested too deeply.', offset)
    if (!(error instanceof Error)) throw error
    return { kind: 'problem', problem: explain(error, inner, offset) }
  }
}

/** Without the braces, and how many characters stood before. */
function unwrap(text: string): { readonly inner: string; readonly offset: number } {
  const braces = /^(\s*\$\{\{)([\s\S]*)\}\}\s*$/.exec(text)
  if (braces === null) return { inner: text, offset: 0 }
  return { inner: braces[2] ?? '', offset: (braces[1] ?? '').length }
}

export function childrenOf(node: ASTNode): readonly ASTNode[] {
  switch (node.op) {
    case 'value':
    case 'id':
      return []
    case '.':
    case '.?':
      return [node.args[0]]
    case 'call':
      return node.args[1]
    case 'rcall':
      return [node.args[1], ...node.args[2]]
    case 'map':
      return node.args.flat()
    case '!_':
    case '-_':
      return [node.args]
    default:
      return node.args
  }
}

/** Counted without recursion: a long chain of operators is deep as well. */
function depthOf(root: ASTNode): number {
  let level: readonly ASTNode[] = [root]
  let depth = 0
  for (; level.length > 0 && depth <= maxDepth; depth += 1) level = level.flatMap(childrenOf)
  return depth
}

function problem(message: string, offset: number, suggestion: string | null = null): Parsed {
  return { kind: 'problem', problem: { message, offset, suggestion } }
}

function explain(error: Error, text: string, lead: number): ExpressionProblem {
  const { at, summary } = detailsOf(error)
  const offset = lead + (at ?? 0)
  const word = at === null ? '' : (/^([A-Za-z_]\w*|[^\s\w]+)/.exec(text.slice(at))?.[0] ?? '')
  if (summary.startsWith('Exceeded'))
    return { message: 'it is too large.', offset, suggestion: null }
  // Of `===` or `not a` the parser took the beginning, and stops behind it.
  const taken = /(?:(?<![\w.])not\s+|[=!&|?.]+)$/.exec(text.slice(0, at ?? 0))?.[0] ?? ''
  const written = taken.startsWith('not') ? 'not' : taken + word
  const meant = meantBy[written]
  if (meant !== undefined) {
    const message = `\`${written}\` is no operator of expressions.`
    return { message, offset: offset - taken.length, suggestion: meant }
  }
  if (at !== null && at >= text.trimEnd().length)
    return { message: 'it ends too early: something is missing.', offset, suggestion: null }
  if (/^(Unexpected|Expected)/.test(summary) && word !== '')
    return { message: `\`${word}\` is not expected here.`, offset, suggestion: null }
  return { message: `${summary}.`, offset, suggestion: null }
}

const meantBy: Readonly<Record<string, string>> = Object.assign(Object.create(null), {
  and: '&&',
  or: '||',
  not: '!',
  '=': '==',
  '===': '==',
  '!==': '!=',
  '&': '&&',
  '|': '||',
  '??': 'has(…) ? … : …',
  '?.': 'has(…)',
  '=>': 'list.map(x, …)',
})

/** What the parser says of the place; its message repeats the text in several lines, the summary does not. */
function detailsOf(error: Error): { readonly at: number | null; readonly summary: string } {
  const range: unknown = 'range' in error ? error.range : null
  const start = typeof range === 'object' && range !== null && 'start' in range ? range.start : null
  const summary = error.message.split('\n')[0] ?? error.message
  return { at: typeof start === 'number' ? start : null, summary }
}
