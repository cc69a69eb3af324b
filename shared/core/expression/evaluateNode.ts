import type { ASTNode } from '@marcbachmann/cel-js'
import { spend } from './budget.ts'
import { ExpressionFailure, fail } from './failure.ts'
import { functions, methods, shown } from './functions.ts'
import { applyMacro, isMacro, type Macro } from './macros.ts'
import { explainMissing, sourceOf } from './missing.ts'
import { applyOperator, entryOf, negate } from './operators.ts'
import { kindOfValue, make, type Value, type ValueMap, type Work } from './values.ts'

/** What a name stands for, the innermost first. */
type Names = {
  readonly name: string
  readonly value: Value
  readonly outer: Names | null
} | null

export type Evaluation = Work & {
  readonly roots: ValueMap
  readonly names: Names
  /** How the needs of the step have ended. */
  readonly needs: readonly string[]
}

/** The value of a node. Throws `ExpressionFailure` with a sentence. */
export function evaluateNode(node: ASTNode, evaluation: Evaluation): Value {
  spend(evaluation.budget, 1)
  switch (node.op) {
    case 'value':
      return literal(node.args)
    case 'id':
      return valueOfName(node.args, evaluation)
    case '.':
    case '[]':
      return access(node, evaluation)
    case 'call':
      return call(node, evaluation)
    case 'rcall':
      return callMethod(node, evaluation)
    case 'list':
      return make(
        evaluation,
        node.args.map((item) => evaluateNode(item, evaluation)),
      )
    case 'map':
      return makeMap(node.args, evaluation)
    case '?:':
      return expectBoolean(node.args[0], evaluation)
        ? evaluateNode(node.args[1], evaluation)
        : evaluateNode(node.args[2], evaluation)
    case '&&':
      return decide(node.args, { evaluation, by: false })
    case '||':
      return decide(node.args, { evaluation, by: true })
    case '!_':
      return !expectBoolean(node.args, evaluation)
    case '-_':
      return negate(evaluateNode(node.args, evaluation))
    case '.?':
    case '[?]':
      return fail('`.?` is not supported; write `has(x.y) ? x.y : …`.')
    default: {
      const [left, right] = node.args
      const values = [evaluateNode(left, evaluation), evaluateNode(right, evaluation)] as const
      return at(node, () => applyOperator(node.op, values, evaluation))
    }
  }
}

type NodeOf<Op extends ASTNode['op']> = Extract<ASTNode, { op: Op }>

function literal(value: NodeOf<'value'>['args']): Value {
  if (value === null || typeof value !== 'object') return value
  return fail('bytes and unsigned numbers are not supported.')
}

function valueOfName(name: string, { names, roots }: Evaluation): Value {
  for (let one = names; one !== null; one = one.outer) if (one.name === name) return one.value
  const value = entryOf(roots, name)
  return value === undefined ? fail(explainMissing(roots, { source: null, key: name })) : value
}

function access(node: NodeOf<'.' | '[]'>, evaluation: Evaluation): Value {
  const container = evaluateNode(node.args[0], evaluation)
  const key = node.op === '.' ? node.args[1] : evaluateNode(node.args[1], evaluation)
  const found = entryOf(container, key)
  if (found !== undefined) return found
  return fail(explainMissing(container, { source: sourceOf(node.args[0]), key }))
}

function call(node: NodeOf<'call'>, evaluation: Evaluation): Value {
  const [name, given] = node.args
  switch (name) {
    case 'has':
      return hasValue(given[0], evaluation)
    case 'always':
      return true
    case 'failed':
      return evaluation.needs.includes('failed')
    case 'succeeded':
      return evaluation.needs.every((status) => status === 'succeeded')
    default: {
      const known = functions.get(name)
      if (known === undefined) return fail(`there is no function \`${name}\`.`)
      const values = given.map((one) => evaluateNode(one, evaluation))
      return at(node, () => known.apply(values, evaluation))
    }
  }
}

function callMethod(node: NodeOf<'rcall'>, evaluation: Evaluation): Value {
  const [name, receiver, given] = node.args
  const value = evaluateNode(receiver, evaluation)
  if (isMacro(name)) return at(node, () => callMacro(name, { value, given, evaluation }))
  const known = methods.get(name)
  if (known === undefined) return fail(`there is no function \`${name}\`.`)
  const values = [value, ...given.map((one) => evaluateNode(one, evaluation))]
  return at(node, () => known.apply(values, evaluation))
}

function callMacro(
  macro: Macro,
  parts: {
    readonly value: Value
    readonly given: readonly ASTNode[]
    readonly evaluation: Evaluation
  },
): Value {
  const { value, given, evaluation } = parts
  const [variable, condition] = given
  const body = given.at(-1)
  if (variable?.op !== 'id' || condition === undefined || body === undefined)
    return fail(`\`${macro}\` needs a name and what is asked of each item.`)
  const inItem = (item: Value): Evaluation => ({
    ...evaluation,
    names: { name: variable.args, value: item, outer: evaluation.names },
  })
  const holds = (item: Value) => expectBoolean(condition, inItem(item))
  const transform = (item: Value) => evaluateNode(body, inItem(item))
  return applyMacro(macro, { value, holds, transform, isFiltered: given.length === 3 }, evaluation)
}

/** Whether each part of a path is there, and the last one is not null. What stands before the first dot has to be there. */
function hasValue(node: ASTNode | undefined, evaluation: Evaluation): boolean {
  if (node === undefined) return fail('`has` needs a path such as `steps.a.output.b`.')
  return find(node, evaluation) !== null
}

/** The value at a path; null where a part of it is missing. */
function find(node: ASTNode, evaluation: Evaluation): Value {
  if (node.op !== '.' && node.op !== '[]') return evaluateNode(node, evaluation)
  const container = find(node.args[0], evaluation)
  const key = node.op === '.' ? node.args[1] : evaluateNode(node.args[1], evaluation)
  return entryOf(container, key) ?? null
}

function makeMap(entries: NodeOf<'map'>['args'], evaluation: Evaluation): Value {
  const pairs = entries.map(([keyNode, valueNode]): readonly [string, Value] => {
    const key = evaluateNode(keyNode, evaluation)
    if (typeof key !== 'string') return fail(`a map has texts as keys, not ${kindOfValue(key)}.`)
    if (key === '__proto__') return fail('the name `__proto__` cannot be used.')
    return [key, evaluateNode(valueNode, evaluation)]
  })
  return make(evaluation, Object.fromEntries(pairs))
}

function expectBoolean(node: ASTNode, evaluation: Evaluation): boolean {
  const value = evaluateNode(node, evaluation)
  if (typeof value === 'boolean') return value
  return fail(`${quote(node)} is ${shown(value)}, and has to be true or false.`)
}

/** One side that decides is enough, also when the other one fails. */
function decide(
  [left, right]: readonly [ASTNode, ASTNode],
  { evaluation, by }: { readonly evaluation: Evaluation; readonly by: boolean },
): boolean {
  try {
    if (expectBoolean(left, evaluation) === by) return by
  } catch (error) {
    if (!(error instanceof ExpressionFailure) || evaluation.budget.left < 0) throw error
    if (expectBoolean(right, evaluation) === by) return by
    throw error
  }
  return expectBoolean(right, evaluation)
}

/** Says which part of an expression a failure is about. */
function at(node: ASTNode, work: () => Value): Value {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof ExpressionFailure) || error.isPlaced) throw error
    throw new ExpressionFailure(`${quote(node)}: ${error.message}`, { isPlaced: true })
  }
}

function quote(node: ASTNode): string {
  const source = sourceOf(node)
  return `\`${source.length > 80 ? `${source.slice(0, 79)}…` : source}\``
}
