// AWF's states and transitions as needs and conditions: which state follows which, and when.
import type { AwfDefinition, AwfStateDefinition } from '../definition/awfDefinition.ts'
import { stepPath, translateCondition } from './translateCondition.ts'

/** One way from a state to another. */
export type Route = {
  readonly from: string
  readonly to: string
  /** `success`, `failure`: by how it ended alone; else `when` decides. */
  readonly by: 'success' | 'failure' | 'condition'
  /** An expression that is true when this way is taken. */
  readonly when: string
  /** Steps that have to have ended before the expression can be asked. */
  readonly needs: readonly string[]
}

export type Routes = {
  readonly routes: readonly Route[]
  /** States that are reached from the first, in the order in which they are. */
  readonly reached: readonly string[]
  /** States whose failure the workflow deals with. */
  readonly handled: ReadonlySet<string>
  readonly problems: readonly string[]
}

export function routesOf(definition: AwfDefinition): Routes {
  const { states, initial } = definition
  const reached = new Set<string>(states.has(initial) ? [initial] : [])
  const routes: Route[] = []
  const handled = new Set<string>()
  const problems: string[] = []
  // What a branch says of its way on is not looked at: the parallel state goes on.
  const branches = new Set([...states.values()].flatMap((state) => state.branches))
  for (const name of reached) {
    const state = states.get(name)
    if (state === undefined || state.type === 'terminal' || branches.has(name)) continue
    const isHandled = handlesFailure(state, states)
    if (isHandled) handled.add(name)
    const ways = waysOf(state, isHandled)
    problems.push(...ways.problems)
    routes.push(...ways.routes)
    for (const branch of state.branches) reached.add(branch)
    for (const { to } of ways.routes) if (states.has(to)) reached.add(to)
    const targets = [...ways.routes.map(({ to }) => to), ...state.branches]
    problems.push(
      ...targets
        .filter((to) => !states.has(to) && to !== unhandled)
        .map((to) => `The state ${name} goes on to ${to}, which is no state.`),
      ...ways.routes
        .filter(({ to }) => branches.has(to))
        .map(({ to }) => `The state ${to} is a branch, and ${name} goes on to it as well.`),
    )
  }
  return { routes, reached: [...reached], handled, problems }
}

/** A failure that leads only to an end that is a failure is what a failed step does here by itself. */
function handlesFailure(
  { transitions, onFailure, continueOnError }: AwfStateDefinition,
  states: AwfDefinition['states'],
): boolean {
  if (transitions.length > 0 || continueOnError) return true
  return onFailure !== null && !isPlainFailure(states.get(onFailure))
}

/** An end that says no more than that the run failed. */
function isPlainFailure(state: AwfStateDefinition | undefined): boolean {
  return state?.type === 'terminal' && state.fields['status'] === 'failure'
}

function waysOf(
  state: AwfStateDefinition,
  isHandled: boolean,
): Pick<Routes, 'routes' | 'problems'> {
  const { name, transitions, onSuccess, onFailure, continueOnError } = state
  const { succeeded, failed, needs } = outcomesOf(state)
  if (!isHandled)
    return {
      routes:
        onSuccess === null
          ? []
          : [{ from: name, to: onSuccess, by: 'success', when: succeeded, needs }],
      problems: [],
    }
  const routes: Route[] = []
  const passed: string[] = []
  const also = new Set(needs)
  const asked = (when: string) =>
    [`(${succeeded} || ${failed})`, ...passed.map((one) => `!(${one})`), `(${when})`].join(' && ')
  for (const { when, goto } of transitions) {
    if (when === null) {
      routes.push({ from: name, to: goto, by: 'condition', when: asked('true'), needs: [...also] })
      return { routes, problems: [] }
    }
    const translated = translateCondition(when)
    if (translated.kind === 'refused')
      return { routes, problems: [`The state ${name}: ${translated.problem}.`] }
    for (const step of translated.steps) also.add(step)
    routes.push({
      from: name,
      to: goto,
      by: 'condition',
      when: asked(translated.text),
      needs: [...also],
    })
    passed.push(translated.text)
  }
  const fallback = (when: string) => (passed.length === 0 ? when : asked(when))
  const by = (outcome: 'success' | 'failure') => (passed.length === 0 ? outcome : 'condition')
  const onBad = continueOnError ? onSuccess : (onFailure ?? unhandled)
  if (onSuccess !== null)
    routes.push({
      from: name,
      to: onSuccess,
      by: by('success'),
      when: fallback(succeeded),
      needs: [...also],
    })
  if (onBad !== null)
    routes.push({
      from: name,
      to: onBad,
      by: by('failure'),
      when: fallback(failed),
      needs: [...also],
    })
  return { routes, problems: [] }
}

/** Where a failure goes that nothing deals with: the run fails. */
export const unhandled = '__unhandled_failure'

/** How a state has ended, as expressions; a parallel one ends with its branches. */
export function outcomesOf({ name, type, branches }: AwfStateDefinition): {
  readonly succeeded: string
  readonly failed: string
  readonly needs: readonly string[]
} {
  const needs = type === 'parallel' ? branches : [name]
  const each = (status: string) => needs.map((step) => `${stepPath(step)}.status == '${status}'`)
  const succeeded = each('succeeded').join(' && ')
  const failed = each('failed').join(' || ')
  const isOne = needs.length === 1
  return {
    succeeded: isOne ? succeeded : `(${succeeded})`,
    failed: isOne ? failed : `(${failed})`,
    needs,
  }
}
