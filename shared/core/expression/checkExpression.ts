import { nearest } from '../../schema/nearest.ts'
import { functions, methods, outcomeFunctions } from './functions.ts'
import { isMacro } from './macros.ts'
import { parseExpression, type ExpressionProblem } from './parseExpression.ts'
import { checkPattern } from './pattern/matchesPattern.ts'
import { collect, type Call, type Mentions, type Reference } from './references.ts'
import { runViewKeys, scopeNames, stepViewKeys, type ScopeName } from './scope.ts'

/** What is known of the place where an expression stands. What is left out is not checked. */
export type Known = {
  /** Names that exist there. */
  readonly names?: readonly ScopeName[]
  /** Whether `failed()` and its like can be asked there. */
  readonly asksOutcomes?: boolean
  readonly inputs?: readonly string[]
  /** Every step of the workflow. */
  readonly steps?: readonly string[]
  /** Whether a step has surely ended when this is evaluated. */
  readonly hasEnded?: (step: string) => boolean
}

/** Everything that is wrong with an expression before it is ever evaluated. */
export function checkExpression(text: string, known: Known = {}): readonly ExpressionProblem[] {
  const parsed = parseExpression(text)
  if (parsed.kind === 'problem') return [parsed.problem]
  const mentions = collect(parsed.node, parsed.offset)
  return checkMentions(mentions, known)
}

function checkMentions(
  { references, calls }: Mentions,
  known: Known,
): readonly ExpressionProblem[] {
  const problems = [
    ...references.flatMap((reference) => checkReference(reference, known)),
    ...calls.flatMap((call) => checkCall(call, known)),
  ]
  // A name with a hyphen that was taken for a difference explains what follows it.
  const split = problems.find(({ suggestion }) => suggestion?.startsWith('steps["') === true)
  return split === undefined ? problems.toSorted((a, b) => a.offset - b.offset) : [split]
}

function checkReference(reference: Reference, known: Known): readonly ExpressionProblem[] {
  const { root, path, offsets } = reference
  const names: readonly string[] = known.names ?? scopeNames
  if (!names.includes(root)) return [unknownName(reference, names, known)]
  const key = path[0] ?? null
  if (key === null) return []
  const offset = offsets[1] ?? 0
  switch (root) {
    case 'run':
      return missing(key, runViewKeys, { offset, owner: 'the run', source: 'run' })
    case 'inputs':
      if (known.inputs === undefined) return []
      return missing(key, known.inputs, { offset, owner: 'the workflow', source: 'inputs' })
    case 'steps':
      return checkStep(reference, key, known)
    default:
      return []
  }
}

function unknownName(
  { root, offsets }: Reference,
  names: readonly string[],
  known: Known,
): ExpressionProblem {
  const offset = offsets[0] ?? 0
  const message = `there is no \`${root}\` here`
  if (scopeNames.some((name) => name === root))
    return {
      message: `${message}: ${onlyIn[root] ?? 'it is not known at this place'}.`,
      offset,
      suggestion: null,
    }
  if (known.steps?.includes(root) === true)
    return { message: `${message}.`, offset, suggestion: pathOf('steps', root) }
  if (known.inputs?.includes(root) === true)
    return { message: `${message}.`, offset, suggestion: pathOf('inputs', root) }
  return { message: `${message}.`, offset, suggestion: nearest(root, names) }
}

const onlyIn: Readonly<Record<string, string>> = {
  item: '`item` exists only in a step with `forEach`',
  index: '`index` exists only in a step with `forEach`',
  result: '`result` exists only in `output`',
  key: '`key` exists only in what is handed to a step that runs',
}

function checkStep(
  { path, offsets }: Reference,
  step: string,
  known: Known,
): readonly ExpressionProblem[] {
  const offset = offsets[1] ?? 0
  if (known.steps !== undefined && !known.steps.includes(step))
    return [unknownStep(step, known.steps, offset)]
  if (known.hasEnded?.(step) === false) {
    const message = `the step \`${step}\` may not have ended by then: it is not among the \`needs\` of this step, directly or through others.`
    return [{ message, offset, suggestion: null }]
  }
  const key = path[1] ?? null
  if (key === null) return []
  const source = pathOf('steps', step)
  return missing(key, stepViewKeys, { offset: offsets[2] ?? 0, owner: `step \`${step}\``, source })
}

/** `steps.my-step` is read as a difference: the beginning of a name with a hyphen or a dot. */
function unknownStep(step: string, steps: readonly string[], offset: number): ExpressionProblem {
  const whole = steps.find((one) => /^[-.]/.test(one.slice(step.length)) && one.startsWith(step))
  if (whole !== undefined) {
    const message = `the workflow has no step \`${step}\`; a name with a hyphen or a dot stands in brackets.`
    return { message, offset, suggestion: pathOf('steps', whole) }
  }
  return {
    message: `the workflow has no step \`${step}\`.`,
    offset,
    suggestion: nearest(step, steps),
  }
}

function missing(
  key: string,
  keys: readonly string[],
  place: { readonly offset: number; readonly owner: string; readonly source: string },
): readonly ExpressionProblem[] {
  if (keys.includes(key)) return []
  const suggestion = nearest(key, keys)
  const has = keys.length === 0 ? 'nothing' : keys.slice(0, 12).join(', ')
  const hint = suggestion === null ? `; it has ${has}` : ''
  const message = `\`${pathOf(place.source, key)}\`: ${place.owner} has no \`${key}\`${hint}.`
  return [{ message, offset: place.offset, suggestion }]
}

function pathOf(source: string, key: string): string {
  return /^[A-Za-z_]\w*$/.test(key) ? `${source}.${key}` : `${source}[${JSON.stringify(key)}]`
}

function checkCall(call: Call, known: Known): readonly ExpressionProblem[] {
  const { name, isMethod, offset } = call
  const expected = argumentsOf(name, isMethod)
  if (expected === null) {
    const others = isMethod ? [...methods.keys(), 'all', 'exists', 'map', 'filter'] : callNames
    const message = `there is no function \`${name}\`.`
    return [{ message, offset, suggestion: nearest(name, others) ?? otherForm(name, isMethod) }]
  }
  if (call.count < expected.min || call.count > expected.max) {
    const wanted =
      expected.min === expected.max ? `${expected.min}` : `${expected.min} to ${expected.max}`
    const message = `\`${name}\` takes ${wanted} argument${wanted === '1' ? '' : 's'}, not ${call.count}.`
    return [{ message, offset, suggestion: null }]
  }
  if (!isMethod && known.asksOutcomes === false && outcomeFunctions.some((one) => one === name))
    return [{ message: `\`${name}()\` can be asked only in \`when\`.`, offset, suggestion: null }]
  const flaw = isMethod && name === 'matches' && call.text !== null ? checkPattern(call.text) : null
  return flaw === null ? [] : [{ message: flaw, offset, suggestion: null }]
}

const callNames: readonly string[] = [...functions.keys(), ...outcomeFunctions, 'has']

function argumentsOf(
  name: string,
  isMethod: boolean,
): { readonly min: number; readonly max: number } | null {
  if (!isMethod && name === 'has') return { min: 1, max: 1 }
  if (!isMethod && outcomeFunctions.some((one) => one === name)) return { min: 0, max: 0 }
  if (isMethod && isMacro(name)) return { min: 2, max: name === 'map' ? 3 : 2 }
  return (isMethod ? methods : functions).get(name) ?? null
}

/** `lower(x)` for `x.lower()`, and the other way round. */
function otherForm(name: string, isMethod: boolean): string | null {
  if (isMethod && functions.has(name)) return `${name}(x)`
  return !isMethod && methods.has(name) ? `x.${name}(…)` : null
}
