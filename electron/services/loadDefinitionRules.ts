import { ownValue, type Json } from '../../shared/schema/json.ts'
import { Field } from '../../shared/schema/field.ts'
import { durationMs } from '../../shared/schema/stepMeaning.ts'
import type { StepDefinition, WorkflowDefinition } from '../../shared/schema/workflow.ts'
import { checkField } from '../../shared/core/form/checkValue.ts'
import { looksLikeField } from '../../shared/core/form/fieldsOf.ts'
import { settingProblems } from './loadDefinitionKinds.ts'
import { explainField } from './loadDefinitionIssues.ts'
import type { Path, PathProblem } from './loadDefinitionPlaces.ts'

/** What a definition says that cannot be meant, beyond its shape, its graph and its expressions. */
export function ruleProblems(
  definition: WorkflowDefinition,
  options: { readonly isFile: boolean },
): readonly PathProblem[] {
  const steps = Object.entries(definition.steps).flatMap(([id, step]) => [
    ...settingProblems(id, step),
    ...plainTextProblems(id, step),
    ...environmentProblems(id, step),
    ...(options.isFile ? functionProblems(id, step) : []),
    ...moduleProblems(id, step),
    ...httpProblems(id, step),
    ...retryProblems(id, step),
    ...gateProblems(definition, id, step),
  ])
  return [...fieldProblems(definition, ['inputs'], definition.inputs), ...steps]
}

function about(path: Path, message: string, suggestion: string | null = null): PathProblem {
  return { path, message, suggestion, isAboutKey: false }
}

/** Texts in which an expression is not evaluated, and would be dangerous or misleading. */
function plainTextProblems(id: string, step: StepDefinition): readonly PathProblem[] {
  const problems: PathProblem[] = []
  if (hasExpression(step.run)) {
    const message = `step ${id}: an expression in \`run\` would be read by the shell as part of the line; hand the value over with \`environment\`, and write "$NAME" here.`
    problems.push(about(['steps', id, 'run'], message))
  }
  for (const key of ['module', 'workflow', 'function'] as const)
    if (hasExpression(step[key])) {
      const message = `step ${id}: \`${key}\` is taken as it is; expressions are not evaluated in it.`
      problems.push(about(['steps', id, key], message))
    }
  return problems
}

function hasExpression(text: string | undefined): boolean {
  return text?.includes('${{') === true
}

/** A shell hands on only variables that it could name itself. */
function environmentProblems(id: string, { environment }: StepDefinition): readonly PathProblem[] {
  return Object.keys(environment ?? {})
    .filter((name) => !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
    .map((name) => ({
      path: ['steps', id, 'environment', name],
      message: `the variable \`${name}\` cannot be passed on: expected letters, digits and _, not starting with a digit.`,
      suggestion: null,
      isAboutKey: true,
    }))
}

function functionProblems(id: string, step: StepDefinition): readonly PathProblem[] {
  if (step.function === undefined) return []
  const message = `step ${id}: \`function\` names a function of a program that carries the run by itself, and a file has no such program; write \`module: ./file.ts#name\`.`
  return [{ path: ['steps', id, 'function'], message, suggestion: null, isAboutKey: true }]
}

function moduleProblems(id: string, { module, workflow }: StepDefinition): readonly PathProblem[] {
  const problems: PathProblem[] = []
  if (module !== undefined && !/^[^#]+\.[mc]?[jt]s(#[A-Za-z_$][\w$]*)?$/.test(module)) {
    const message = `\`module\` of step ${id}: expected a file and the name of a function, such as ./steps.ts#build.`
    problems.push(about(['steps', id, 'module'], message))
  }
  if (workflow !== undefined && !/\.(ya?ml|json|[mc]?[jt]s)$/i.test(workflow)) {
    const message = `\`workflow\` of step ${id}: expected the path of a definition, such as ./child.yaml.`
    problems.push(about(['steps', id, 'workflow'], message))
  }
  return problems
}

function httpProblems(id: string, { http }: StepDefinition): readonly PathProblem[] {
  if (http === undefined) return []
  const call = typeof http === 'string' ? { url: http } : http
  const base: Path = typeof http === 'string' ? ['steps', id] : ['steps', id, 'http']
  const problems: PathProblem[] = []
  if (!isUrl(call.url)) {
    const key = typeof http === 'string' ? 'http' : 'url'
    const message = `\`${key}\` of step ${id}: expected an address that begins with http:// or https://.`
    problems.push(about([...base, key], message))
  }
  if ('body' in call && call.body !== undefined && /^(GET|HEAD)$/.test(call.method ?? 'GET')) {
    const message = `\`http.body\` of step ${id}: a ${call.method ?? 'GET'} has no body; set \`method\` to POST, PUT or PATCH.`
    problems.push(about([...base, 'body'], message))
  }
  const headers = 'headers' in call ? Object.entries(call.headers ?? {}) : []
  for (const [name, value] of headers) {
    const isSound = /^[!#$%&'*+.^_`|~\w-]+$/.test(name) && !/[\r\n\0]/.test(value)
    if (isSound) continue
    const message = `the header \`${name}\` of step ${id} cannot be sent: expected a plain name and a value of one line.`
    problems.push({ path: [...base, 'headers', name], message, suggestion: null, isAboutKey: true })
  }
  return problems
}

/** What an expression will make of it is seen only when it runs. */
function isUrl(text: string): boolean {
  if (/^\s*\$\{\{/.test(text)) return true
  return /^https?:\/\/./i.test(text) && (text.includes('${{') || URL.canParse(text))
}

function retryProblems(id: string, { retry }: StepDefinition): readonly PathProblem[] {
  if (retry === undefined) return []
  const path: Path = ['steps', id, 'retry']
  const problems: PathProblem[] = []
  const { delay, maxDelay, on = [] } = retry
  if (delay !== undefined && maxDelay !== undefined && durationMs(delay) > durationMs(maxDelay)) {
    const message = `\`retry\` of step ${id}: its \`delay\` is longer than its \`maxDelay\`.`
    problems.push(about([...path, 'delay'], message))
  }
  on.forEach((one, index) => {
    if (one !== 0) return
    const message = `\`retry.on\` of step ${id}: an exit code of 0 is no failure.`
    problems.push(about([...path, 'on', index], message))
  })
  return problems
}

function gateProblems(
  root: WorkflowDefinition,
  id: string,
  { gate }: StepDefinition,
): readonly PathProblem[] {
  if (gate === undefined) return []
  const path: Path = ['steps', id, 'gate']
  const problems = [...fieldProblems(root, [...path, 'fields'], gate.fields)]
  if (gate.onExpiry !== undefined && gate.expires === undefined) {
    const message = `\`gate.onExpiry\` of step ${id} never comes about: the gate has no \`expires\`.`
    problems.push(about([...path, 'onExpiry'], message))
  }
  if (gate.onExpiry === 'approve') problems.push(...unfilled(gate.fields ?? {}, path))
  return problems
}

/** Nobody fills in what an expiry approves. */
function unfilled(fields: Readonly<Record<string, Json>>, path: Path): readonly PathProblem[] {
  return Object.keys(fields).flatMap((name) => {
    const field = Field.safeParse(ownValue(fields, name)).data
    if (field === undefined || field.default !== undefined || field.required === false) return []
    const message = `\`${name}\` has no default, so an expiry cannot approve this gate; give it one, or set \`required: false\`.`
    return [about([...path, 'fields', name], message)]
  })
}

type Fields = Readonly<Record<string, Json>> | undefined

/** Fields that contradict themselves. Other values are plain defaults. */
function fieldProblems(
  root: WorkflowDefinition,
  path: Path,
  fields: Fields,
): readonly PathProblem[] {
  return Object.entries(fields ?? {}).flatMap(([name, value]) => {
    if (!looksLikeField(value)) return []
    const field = Field.safeParse(value)
    if (!field.success) return explainField([...path, name], root)
    return checkField(field.data).map((flaw) => about([...path, name], `\`${name}\`: ${flaw}`))
  })
}
