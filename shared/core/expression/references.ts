import type { ASTNode } from '@marcbachmann/cel-js'
import { isMacro } from './macros.ts'
import { childrenOf, parseExpression } from './parseExpression.ts'

/** A path that an expression looks at, such as `steps.build.output`; a part that is not known before is null. */
export type Reference = {
  readonly root: string
  readonly path: readonly (string | null)[]
  /** Where each part stands in the text: the root first. */
  readonly offsets: readonly number[]
}

export type Call = {
  readonly name: string
  readonly isMethod: boolean
  readonly count: number
  readonly offset: number
  /** A text that stands there as the last argument, such as a pattern. */
  readonly text: string | null
}

export type Mentions = {
  readonly references: readonly Reference[]
  readonly calls: readonly Call[]
}

/** What an expression mentions; null where its text is no expression. */
export function mentionsOf(text: string): Mentions | null {
  const parsed = parseExpression(text)
  return parsed.kind === 'problem' ? null : collect(parsed.node, parsed.offset)
}

export function collect(root: ASTNode, offset: number): Mentions {
  const references: Reference[] = []
  const calls: Call[] = []
  visit(root, new Set())
  return { references, calls }

  /** Bound names are those of items in `list.map(x, …)`. */
  function visit(node: ASTNode, bound: ReadonlySet<string>): void {
    const reference = referenceOf(node, offset)
    if (reference !== null) {
      if (!bound.has(reference.root)) references.push(reference)
      for (const index of indexesOf(node)) visit(index, bound)
      return
    }
    if (node.op === 'call' || node.op === 'rcall') calls.push(callOf(node, offset))
    if (node.op === 'rcall' && isMacro(node.args[0])) return visitMacro(node, bound)
    for (const child of childrenOf(node)) visit(child, bound)
  }

  function visitMacro(node: Extract<ASTNode, { op: 'rcall' }>, bound: ReadonlySet<string>): void {
    const [, receiver, [variable, ...bodies]] = node.args
    visit(receiver, bound)
    const inner = variable?.op === 'id' ? new Set([...bound, variable.args]) : bound
    for (const body of bodies) visit(body, inner)
  }
}

function callOf(node: Extract<ASTNode, { op: 'call' | 'rcall' }>, offset: number): Call {
  const given = node.op === 'call' ? node.args[1] : node.args[2]
  const last = given.at(-1)
  const text = last?.op === 'value' && typeof last.args === 'string' ? last.args : null
  const isMethod = node.op === 'rcall'
  return { name: node.args[0], isMethod, count: given.length, offset: offset + node.start, text }
}

/** The path of a chain of `.name` and `[…]` that begins with a name; null for anything else. */
function referenceOf(node: ASTNode, offset: number): Reference | null {
  if (node.op === 'id') return { root: node.args, path: [], offsets: [offset + node.start] }
  if (node.op !== '.' && node.op !== '[]') return null
  const base = referenceOf(node.args[0], offset)
  if (base === null) return null
  const place = offset + (node.op === '.' ? node.pos : node.args[1].start)
  const part = node.op === '.' ? node.args[1] : literalKey(node.args[1])
  return { root: base.root, path: [...base.path, part], offsets: [...base.offsets, place] }
}

function literalKey(node: ASTNode): string | null {
  return node.op === 'value' && typeof node.args === 'string' ? node.args : null
}

/** What stands in the brackets of a chain. */
function indexesOf(node: ASTNode): readonly ASTNode[] {
  if (node.op === '.') return indexesOf(node.args[0])
  if (node.op !== '[]') return []
  return [...indexesOf(node.args[0]), node.args[1]]
}
