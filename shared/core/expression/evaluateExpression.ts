import type { Json } from '../../schema/json.ts'
import { createBudget } from './budget.ts'
import { evaluateNode } from './evaluateNode.ts'
import { ExpressionFailure } from './failure.ts'
import { parseExpression, type ExpressionProblem } from './parseExpression.ts'
import { scopeNames, type Scope } from './scope.ts'
import { toJson, toText, type Value, type ValueMap, type Work } from './values.ts'

/** What an expression came to, or a sentence that says why it came to nothing. */
export type Evaluated = { readonly value: Json } | { readonly problem: string }

/** The value of one expression, with or without `${{ }}` around it. Never throws; the same scope gives the same value. */
export function evaluateExpression(text: string, scope: Scope): Evaluated {
  const result = evaluate(text, scope, toJson)
  return 'problem' in result ? result : { value: result.value }
}

/** The value of an expression inside a text. */
export function evaluateAsText(
  text: string,
  scope: Scope,
): { readonly value: string } | { readonly problem: string } {
  return evaluate(text, scope, toText)
}

function evaluate<T>(
  text: string,
  scope: Scope,
  finish: (value: Value, work: Work) => T,
): { readonly value: T } | { readonly problem: string } {
  const parsed = parseExpression(text)
  if (parsed.kind === 'problem') return { problem: sentenceOf(text, parsed.problem) }
  const work = { budget: createBudget(), made: new WeakSet<object>() }
  const evaluation = { ...work, roots: rootsOf(scope), names: null, needs: scope.needs ?? [] }
  try {
    return { value: finish(evaluateNode(parsed.node, evaluation), work) }
  } catch (error) {
    if (error instanceof ExpressionFailure) return { problem: about(text, error.message) }
    if (error instanceof RangeError) return { problem: about(text, 'it makes too large a value.') }
    throw error
  }
}

/** The scope as values, without what is not known here. */
function rootsOf(scope: Scope): ValueMap {
  const known = scopeNames.flatMap((name): readonly (readonly [string, Value])[] => {
    const value = scope[name]
    return value === undefined ? [] : [[name, value]]
  })
  return Object.fromEntries(known)
}

function sentenceOf(text: string, { message, suggestion }: ExpressionProblem): string {
  return about(text, suggestion === null ? message : `${message} Did you mean \`${suggestion}\`?`)
}

/** Names the expression, unless the sentence begins with it. */
function about(text: string, sentence: string): string {
  const whole = quote(text)
  return sentence.startsWith(`${whole}:`) ? sentence : `${whole}: ${sentence}`
}

function quote(text: string): string {
  const line = text.trim().replace(/\s+/g, ' ')
  return `\`${line.length > 80 ? `${line.slice(0, 79)}…` : line}\``
}
