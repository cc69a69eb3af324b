import { RunId } from '../../../../schema/ids.ts'
import type { Json } from '../../../../schema/json.ts'
import { ownValue } from '../../../../schema/json.ts'
import type { Run, RunError } from '../../../../schema/run.ts'
import type { FileSet, FormatContext, FormatImport } from '../../format.ts'
import { plainJson } from '../../text/plainJson.ts'
import { openAwf } from '../awfReading.ts'
import { runStatuses, stepError, stepStatuses, type AwfText } from '../awfRun.ts'
import type { AwfState, AwfStep } from '../awfState.ts'
import { lastFailed, stepAt } from '../awfTarget.ts'
import { awfDefinition, fieldsOf, type AwfDefinition } from '../definition/awfDefinition.ts'
import { definitionTextIn } from '../definition/definitionIn.ts'
import { refusalsOf } from '../goShape.ts'
import { addedSteps, endsOf, type ImportedFrom } from './importedFrom.ts'
import { stepStates } from './stepStates.ts'
import { toDefinition, type AwfWorkflow } from './toDefinition.ts'

export type ImportOptions = {
  readonly definition: string | null
  readonly commands: Readonly<Record<string, string>>
  readonly id: string
}

/** [F41] A run of ours that goes on where AWF's run stopped. */
export function toRun(
  set: FileSet,
  options: ImportOptions,
  { sha256 }: FormatContext,
): FormatImport {
  const opened = openAwf(set)
  if (opened.kind === 'broken')
    return refused([`The state cannot be imported. ${opened.sentence} Repair it first.`])
  const { read } = opened
  const { state } = read
  const id = RunId.safeParse(options.id)
  if (!id.success) return refused([`${options.id} is no id of a run.`])
  const text = options.definition ?? definitionTextIn(set)
  if (text === null)
    return refused([
      `The definition is needed: AWF keeps what the steps of ${state.workflow} do in ${state.workflow}.yaml.`,
    ])
  const awf = withCommands(awfDefinition(text), options.commands)
  const problems = stateProblems(read, awf)
  if (problems.length > 0) return refused(problems)
  const inputs = inputsOf(read, awf)
  const made = toDefinition(awf, { ...defaultsOf(awf), ...inputs.defaults })
  if (made.kind === 'refused') return refused(made.problems)
  const states = stepStates(state, awf, made)
  const from: ImportedFrom = {
    format: 'awf',
    id: state.id,
    document: set.document,
    ends: endsOf(awf),
    added: [...addedSteps(made, awf)],
  }
  const digest = `sha256:${sha256(text)}`
  const run = {
    ...runOf(state, made, { id: id.data, digest }),
    inputs: inputs.values,
    steps: states.steps,
    importedFrom: from,
  }
  return { kind: 'ok', run, notes: [...made.notes, ...inputs.notes, ...states.notes] }
}

function refused(problems: readonly string[]): FormatImport {
  return { kind: 'refused', problems }
}

/** How a state is run whose definition does not say it in words that we know. */
function withCommands(
  definition: AwfDefinition,
  commands: Readonly<Record<string, string>>,
): AwfDefinition {
  const states = [...definition.states].map(([name, state]): [string, typeof state] => {
    const command = ownValue(commands, name)
    return [
      name,
      command === undefined ? state : { ...state, type: 'step', fields: { type: 'step', command } },
    ]
  })
  return { ...definition, states: new Map(states) }
}

/** [F43] What a run of ours cannot say of this state. */
function stateProblems({ root, state }: AwfText, awf: AwfDefinition): readonly string[] {
  const { workflow, status, steps, loop, callStack } = state
  return [
    ...refusalsOf(root),
    ...(awf.problems.length === 0 && awf.name !== workflow
      ? [`The definition is that of ${awf.name}, and the run is one of ${workflow}.`]
      : []),
    ...(runStatuses.has(status) ? [] : [`The status "${status}" is not known.`]),
    ...steps
      .filter((step) => !stepStatuses.has(step.status))
      .map((step) => `The status "${step.status}" of ${step.key} is not known.`),
    ...(loop === null ? [] : ['The run stopped inside a loop, which has no counterpart here.']),
    ...(callStack.length === 0
      ? []
      : [
          `The run was called by ${callStack.join(', ')}: a called workflow has no counterpart here.`,
        ]),
  ]
}

type Inputs = {
  readonly values: Readonly<Record<string, Json>>
  /** What a definition says for an input whose value is kept as a text. */
  readonly defaults: Readonly<Record<string, Json>>
  readonly notes: readonly string[]
}

function inputsOf({ state, text }: AwfText, awf: AwfDefinition): Inputs {
  const members = state.inputs?.kind === 'object' ? state.inputs.members : []
  const values = Object.fromEntries(members.map(({ key, value }) => [key, plainJson(value, text)]))
  const kept = members.filter(
    ({ key, value }) =>
      value.kind === 'scalar' && /^-?\d/.test(value.lexeme) && typeof values[key] === 'string',
  )
  const undeclared = Object.keys(values).filter(
    (name) => !awf.inputs.some((input) => input.name === name),
  )
  return {
    values,
    defaults: Object.fromEntries(
      [...undeclared, ...kept.map(({ key }) => key)].map((key) => [key, values[key] ?? null]),
    ),
    notes: kept.map(
      ({ key, value }) =>
        `The input ${key} is kept as a text: no number of this program is ${text.slice(value.start, value.end)}.`,
    ),
  }
}

function defaultsOf({ inputs }: AwfDefinition): Readonly<Record<string, Json>> {
  return Object.fromEntries(inputs.map((input) => [input.name, jsonOf(input.default)]))
}

/** A value of YAML; a whole number that no number of this program is equal to is its text. */
function jsonOf(value: unknown): Json {
  if (typeof value === 'bigint')
    return BigInt(Number(value)) === value ? Number(value) : String(value)
  if (typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
  if (Array.isArray(value)) return value.map(jsonOf)
  const fields = fieldsOf(value)
  if (fields === null) return null
  return Object.fromEntries(Object.entries(fields).map(([key, one]) => [key, jsonOf(one)]))
}

function runOf(
  state: AwfState,
  { definition }: AwfWorkflow,
  known: { readonly id: RunId; readonly digest: string },
): Run {
  const status = runStatuses.get(state.status) ?? 'failed'
  const isOver = status === 'completed' || status === 'failed' || status === 'cancelled'
  const startedAt = state.startedAt.at
  const updatedAt = state.updatedAt.at ?? state.completedAt.at ?? startedAt ?? epoch
  const variables = Object.values(definition.steps).flatMap((step) =>
    Object.keys(step.environment ?? {}),
  )
  return {
    id: known.id,
    kind: 'workflow',
    workflow: {
      name: definition.name,
      version: definition.version ?? null,
      source: null,
      digest: known.digest,
      definition,
    },
    status,
    createdAt: startedAt ?? updatedAt,
    startedAt,
    updatedAt,
    finishedAt: isOver ? (state.completedAt.at ?? updatedAt) : null,
    place: {
      user: null,
      host: null,
      folder: null,
      environment: [...new Set(variables)].toSorted(),
    },
    error: status === 'failed' ? errorOf(state) : null,
    inputs: {},
    variables: {},
    steps: {},
    checkpoints: [],
    decisions: [],
    lineage: null,
    annotations: { colour: null, note: null, pinned: false, tags: [] },
    journal: { seq: 0, sum: '' },
  }
}

const epoch = '1970-01-01T00:00:00.000Z'

function errorOf(state: AwfState): RunError {
  const culprit: AwfStep | null = lastFailed(state) ?? stepAt(state, state.currentStep)
  if (culprit === null) {
    const message = `AWF ended the run at ${state.currentStep}.`
    return { name: 'StepFailed', message, code: null, stack: null }
  }
  return { ...stepError(culprit), step: culprit.key }
}
