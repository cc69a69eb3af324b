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
import { failingEnds } from './failingEnds.ts'
import { atOnce, placesOf } from './placesOf.ts'
import { routesOf, type Routes } from './routesOf.ts'

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
  const uses = new Map(built.map((one) => [one.name, one.uses]))
  const places = placesOf(awf, routes, uses)
  const ends = failingEnds(awf, routes)
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
      parallel: atOnce(awf, routes),
      steps: Object.fromEntries(
        steps.map(({ name, step }) => [name, { ...step, ...places(name) }]),
      ),
    },
    { routes, notes: notesOf(awf, routes) },
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

function notesOf(awf: AwfDefinition, routes: Routes): readonly string[] {
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
