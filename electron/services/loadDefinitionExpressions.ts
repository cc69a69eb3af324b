import { checkExpression, type Known } from '../../shared/core/expression/checkExpression.ts'
import { checkTemplate } from '../../shared/core/expression/checkTemplate.ts'
import type { ScopeName } from '../../shared/core/expression/scope.ts'
import { needsOf, stepIds } from '../../shared/core/graph/order.ts'
import { StepId } from '../../shared/schema/ids.ts'
import type { Json } from '../../shared/schema/json.ts'
import {
  Duration,
  type StepDefinition,
  type WorkflowDefinition,
} from '../../shared/schema/workflow.ts'
import type { Path, PathProblem } from './loadDefinitionPlaces.ts'

/** What is wrong with the conditions, values and templates of a definition. */
export function expressionProblems(definition: WorkflowDefinition): readonly PathProblem[] {
  const common = {
    inputs: Object.keys(definition.inputs ?? {}),
    steps: stepIds(definition),
    asksOutcomes: false,
  }
  const ofRun = inTemplate(definition.output, ['output'], { ...common, names: everywhere })
  const ofSteps = Object.entries(definition.steps).flatMap(([id, step]) => {
    // Found only for a step that looks at others: a definition has thousands that do not.
    let ended: ReadonlySet<string> | null = null
    const hasEnded = (one: string) => (ended ??= endedBefore(definition, StepId.parse(id))).has(one)
    return problemsOf(id, step, { ...common, hasEnded })
  })
  return [...ofRun, ...ofSteps]
}

const everywhere: readonly ScopeName[] = ['inputs', 'variables', 'run', 'steps']

function problemsOf(id: string, step: StepDefinition, known: Known): readonly PathProblem[] {
  const at: Path = ['steps', id]
  const inItem: readonly ScopeName[] = step.forEach === undefined ? [] : ['item', 'index']
  const handed: Known = { ...known, names: [...everywhere, ...inItem, 'key'] }
  const before: Known = { ...known, names: everywhere }
  const mapped: Known = { ...known, names: [...everywhere, ...inItem, 'key', 'result'] }
  const { command, stdin, http, workingFolder, environment, gate } = step
  return [
    ...inCondition(step.when, [...at, 'when'], { ...before, asksOutcomes: true }),
    ...inItems(step.forEach, [...at, 'forEach'], before),
    ...inWait(step.wait, [...at, 'wait'], handed),
    ...inTemplate(command, [...at, 'command'], handed),
    ...inTemplate(stdin, [...at, 'stdin'], handed),
    ...inTemplate(http as Json | undefined, [...at, 'http'], handed), // it was read from JSON
    ...inTemplate(workingFolder, [...at, 'workingFolder'], handed),
    ...inTemplate(environment, [...at, 'environment'], handed),
    ...inTemplate(step.with, [...at, 'with'], handed),
    ...inTemplate(gate?.message, [...at, 'gate', 'message'], handed),
    ...inTemplate(gate?.who, [...at, 'gate', 'who'], handed),
    ...inTemplate(step.output, [...at, 'output'], mapped),
  ]
}

/** All that a step needs, directly or through others. */
function endedBefore(definition: WorkflowDefinition, step: StepId): ReadonlySet<string> {
  const ended = new Set<StepId>()
  const open = [...needsOf(definition, step)]
  for (let need = open.pop(); need !== undefined; need = open.pop()) {
    if (ended.has(need)) continue
    ended.add(need)
    open.push(...needsOf(definition, need))
  }
  return ended
}

function inExpression(text: string, path: Path, known: Known): readonly PathProblem[] {
  return checkExpression(text, known).map(({ message, offset, suggestion }) =>
    placed({ path, message, offset, suggestion }),
  )
}

function inTemplate(value: Json | undefined, path: Path, known: Known): readonly PathProblem[] {
  if (value === undefined) return []
  return checkTemplate(value, known).map((problem) =>
    placed({ ...problem, path: [...path, ...problem.path] }),
  )
}

function placed(problem: {
  readonly path: Path
  readonly message: string
  readonly offset: number
  readonly suggestion: string | null
}): PathProblem {
  const { path, message, offset, suggestion } = problem
  return { path, message: `${whereOf(path)}: ${message}`, offset, suggestion, isAboutKey: false }
}

function whereOf(path: Path): string {
  if (path[0] !== 'steps') return `\`${path.join('.')}\``
  const [, step, ...rest] = path
  return `\`${rest.join('.')}\` of step ${step}`
}

function inCondition(when: string | undefined, path: Path, known: Known): readonly PathProblem[] {
  return when === undefined ? [] : inExpression(when, path, known)
}

function inItems(
  forEach: StepDefinition['forEach'],
  path: Path,
  known: Known,
): readonly PathProblem[] {
  if (forEach === undefined) return []
  const isSetting = typeof forEach === 'object' && 'items' in forEach
  const items = isSetting ? forEach.items : forEach
  const at = isSetting ? [...path, 'items'] : path
  if (typeof items === 'string') return inExpression(items, at, known)
  if (items.length > 0) return inTemplate(items, at, known)
  const message = `${whereOf(at)}: the list is empty, so this step would do nothing.`
  return [{ path: at, message, suggestion: null, isAboutKey: false }]
}

function inWait(wait: StepDefinition['wait'], path: Path, known: Known): readonly PathProblem[] {
  if (typeof wait !== 'object') return []
  if (typeof wait.for === 'string' && !Duration.safeParse(wait.for).success)
    return inMoment(wait.for, [...path, 'for'], {
      known,
      expected: 'a duration such as 30s, 5m or 2h',
    })
  if (wait.until === undefined || isMoment(wait.until)) return []
  const expected = 'a moment with a time zone, such as 2026-01-31T09:00:00Z'
  return inMoment(wait.until, [...path, 'until'], { known, expected })
}

function isMoment(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(Date.parse(text))
}

/** A text that begins with a digit was not meant as an expression. */
function inMoment(
  text: string,
  path: Path,
  { known, expected }: { readonly known: Known; readonly expected: string },
): readonly PathProblem[] {
  if (!/^\s*\d/.test(text)) return inExpression(text, path, known)
  const message = `${whereOf(path)}: expected ${expected}, or an expression that gives one.`
  return [{ path, message, suggestion: null, isAboutKey: false }]
}
