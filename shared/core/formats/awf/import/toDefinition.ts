import type { Json } from '../../../../schema/json.ts'
import { WorkflowDefinition } from '../../../../schema/workflow.ts'
import type { StepDefinition } from '../../../../schema/workflow.ts'
import { findProblems } from '../../../graph/findProblems.ts'
import {
  hasCommands,
  textOf,
  type AwfDefinition,
  type AwfStateDefinition,
} from '../definition/awfDefinition.ts'
import { commandStep, otherFields } from './commandStep.ts'
import { routesOf, unhandled, type Route, type Routes } from './routesOf.ts'
import { translateText } from './translateCommand.ts'

export type AwfWorkflow = {
  readonly definition: WorkflowDefinition
  readonly routes: Routes
  readonly notes: readonly string[]
}

export type Definition =
  | ({ readonly kind: 'ok' } & AwfWorkflow)
  | { readonly kind: 'refused'; readonly problems: readonly string[] }

/** [F41] A definition of ours with the same steps, in the same order and under the same conditions; or what has no counterpart, by name. */
export function toDefinition(
  awf: AwfDefinition,
  inputs: Readonly<Record<string, Json>>,
): Definition {
  if (awf.problems.length > 0) return { kind: 'refused', problems: awf.problems }
  const routes = routesOf(awf)
  const built = routes.reached.flatMap((name) => {
    const state = awf.states.get(name)
    return state === undefined ? [] : [builtState(state)]
  })
  const problems = [...routes.problems, ...built.flatMap((one) => one.problems)]
  if (problems.length > 0) return { kind: 'refused', problems }
  const graph: Graph = { awf, routes, uses: new Map(built.map(({ name, uses }) => [name, uses])) }
  const ends = failingEnds(graph)
  const steps = [
    ...built.flatMap(({ name, step }) => (step === null ? [] : [{ name, step }])),
    ...ends.steps,
  ]
  if (ends.problems.length > 0) return { kind: 'refused', problems: ends.problems }
  return checked(
    {
      name: awf.name,
      ...(awf.version === null ? {} : { version: awf.version.slice(0, 80) }),
      ...(Object.keys(inputs).length === 0 ? {} : { inputs }),
      parallel: atOnce(graph),
      steps: Object.fromEntries(
        steps.map(({ name, step }) => [name, { ...step, ...placeOf(graph, name) }]),
      ),
    },
    { routes, notes: notesOf(graph) },
  )
}

function checked(written: unknown, known: Pick<AwfWorkflow, 'routes' | 'notes'>): Definition {
  const parsed = WorkflowDefinition.safeParse(written)
  if (!parsed.success)
    return {
      kind: 'refused',
      problems: parsed.error.issues.map(
        ({ path, message }) => `The definition: /${path.map(String).join('/')}: ${message}.`,
      ),
    }
  const problems = findProblems(parsed.data).map(({ sentence }) => sentence)
  if (problems.length > 0) return { kind: 'refused', problems }
  return { kind: 'ok', definition: parsed.data, ...known }
}

type Graph = {
  readonly awf: AwfDefinition
  readonly routes: Routes
  /** By state those whose outputs it uses. */
  readonly uses: ReadonlyMap<string, readonly string[]>
}

type Built = {
  readonly name: string
  /** Null for a state that does nothing by itself. */
  readonly step: StepDefinition | null
  readonly uses: readonly string[]
  readonly problems: readonly string[]
}

function builtState(state: AwfStateDefinition): Built {
  const { name, type } = state
  switch (type) {
    case 'step':
    case 'command':
      return { name, ...commandStep(state) }
    case 'parallel':
      return { name, step: null, uses: [], problems: parallelProblems(state) }
    case 'terminal':
      return { name, step: null, uses: [], problems: [] }
    default: {
      const what = type === '' ? 'no type' : `the type ${type}, which has no counterpart here`
      return { name, step: null, uses: [], problems: [`The state ${name} has ${what}.`] }
    }
  }
}

function parallelProblems({ name, fields, branches }: AwfStateDefinition): readonly string[] {
  const strategy = textOf(fields['strategy']) ?? 'all_succeed'
  return [
    ...(branches.length === 0 ? ['it has no branches'] : []),
    ...(strategy === 'all_succeed' ? [] : [`the strategy ${strategy} has no counterpart`]),
    ...(hasCommands(fields['hooks']) ? ['its `hooks` run commands'] : []),
    ...otherFields(fields, parallelFields),
  ].map((problem) => `The state ${name}: ${problem}.`)
}

const parallelFields: ReadonlySet<string> = new Set([
  'type',
  'description',
  'parallel',
  'strategy',
  'max_concurrent',
  'on_success',
  'on_failure',
  'transitions',
  'continue_on_error',
  'hooks',
])

/** Ends that are a failure and are reached otherwise than by a failed step become a step that fails. */
function failingEnds({ awf, routes }: Graph): {
  readonly steps: readonly { readonly name: string; readonly step: StepDefinition }[]
  readonly problems: readonly string[]
} {
  const targets = new Set(routes.routes.map(({ to }) => to))
  const rows = [...targets].flatMap((name) => {
    const fields = awf.states.get(name)?.fields
    if (name === unhandled) return [{ name, message: '', code: 1 }]
    if (awf.states.get(name)?.type !== 'terminal' || fields?.['status'] !== 'failure') return []
    const code = Number(textOf(fields['exitCode']) ?? '1')
    return [{ name, message: textOf(fields['message']) ?? '', code }]
  })
  const problems = rows.flatMap(({ name, message, code }) => [
    ...translateText(message).problems.map((problem) => `The end ${name}: ${problem}.`),
    ...(Number.isInteger(code) && code >= 1 && code <= 255
      ? []
      : [`The end ${name} has the exit code ${code}.`]),
  ])
  return {
    steps: rows.map(({ name, message, code }) => ({
      name,
      step: failingStep(name, message, code),
    })),
    problems,
  }
}

function failingStep(name: string, message: string, code: number): StepDefinition {
  const said = message === '' ? `The workflow ended at ${name}.` : translateText(message).text
  return {
    title: `End of the workflow: ${name}`.slice(0, 200),
    run: `printf '%s\\n' "$AWF_MESSAGE" >&2; exit ${code}`,
    environment: { AWF_MESSAGE: said },
    sideEffects: 'none',
  }
}

/** What a step needs, when it runs, and whether its failure is dealt with. */
function placeOf(graph: Graph, name: string): Partial<StepDefinition> {
  const ways = waysTo(graph, name)
  const uses = graph.uses.get(name) ?? []
  const needs = [...new Set([...ways.flatMap((way) => way.needs), ...uses])]
  const isConditional = ways.length > 0 && !isPlain(graph, name, new Set())
  return {
    ...(needs.length === 0 ? {} : { needs: needs as StepDefinition['needs'] }), // checked by the schema with all the rest
    ...(isConditional ? { when: ways.map(({ when }) => `(${when})`).join(' || ') } : {}),
    ...(isHandled(graph, name) ? { continueOnError: true } : {}),
  }
}

/** Ways to a state; to a branch those to its parallel state. */
function waysTo({ awf, routes }: Graph, name: string): readonly Route[] {
  const holders = [...awf.states.values()].filter(({ branches }) => branches.includes(name))
  const names = new Set([name, ...holders.map((holder) => holder.name)])
  return routes.routes.filter(({ to }) => names.has(to))
}

function isHandled({ awf, routes }: Graph, name: string): boolean {
  return (
    routes.handled.has(name) ||
    [...awf.states.values()].some(
      (state) => state.branches.includes(name) && routes.handled.has(state.name),
    )
  )
}

/** True for a step that runs whenever all before it succeed: its needs say it all. */
function isPlain(graph: Graph, name: string, seen: ReadonlySet<string>): boolean {
  const ways = waysTo(graph, name)
  if (ways.length === 0) return true
  const [way] = ways
  if (ways.length > 1 || way === undefined || way.by !== 'success' || seen.has(name)) return false
  if (graph.routes.handled.has(way.from)) return false
  const before = new Set([...seen, name])
  return way.needs.every((need) => isPlain(graph, need, before))
}

/** One state at a time, save the branches of a parallel one. */
function atOnce({ awf, routes }: Graph): number {
  const widths = routes.reached.flatMap((name) => {
    const state = awf.states.get(name)
    if (state === undefined || state.branches.length === 0) return []
    const limit = Number(textOf(state.fields['max_concurrent']) ?? '0')
    return [limit > 0 ? Math.min(limit, state.branches.length) : state.branches.length]
  })
  return Math.min(256, Math.max(1, ...widths))
}

function notesOf({ awf, routes }: Graph): readonly string[] {
  const left = [...awf.states.keys()].filter((name) => !routes.reached.includes(name))
  const hasBranches = routes.reached.some((name) => awf.states.get(name)?.branches.length !== 0)
  return [
    'Commands run with /bin/sh; AWF takes the shell of the user.',
    'Values reach a command as variables: what in a value is an operator of the shell is no operator any more.',
    ...(hasBranches ? ['When a branch fails, the others run to their end; AWF stops them.'] : []),
    ...(routes.routes.some(({ when }) => when.includes('.output'))
      ? ['To a condition, the output of a step that failed is empty.']
      : []),
    ...(awf.environment.length === 0
      ? []
      : [
          `The workflow asks for the variables ${awf.environment.join(', ')}: set them where it is resumed.`,
        ]),
    ...(left.length === 0 ? [] : [`No way leads to ${left.join(', ')}: left out.`]),
  ]
}
