import { RunId, type StepId } from '../../../schema/ids.ts'
import type { Run, StepState } from '../../../schema/run.ts'
import { WorkflowDefinition, type StepDefinition } from '../../../schema/workflow.ts'
import { plainTemplate } from '../../../schema/plainTemplate.ts'
import { findProblems } from '../../graph/findProblems.ts'
import type { FormatImport } from '../format.ts'

/** A step of another engine on its way into a run of ours. */
export type ImportedStep = {
  readonly id: StepId
  /** What the engine calls it, and what its command is given by. */
  readonly name: string
  readonly title: string | null
  readonly needs: readonly StepId[]
  /** As it stands; a step that is not done begins anew. */
  readonly state: StepState
  /** A person decides; null: it is done by a command. */
  readonly gate: string | null
}

export type Imported = {
  readonly engine: string
  readonly view: Run
  readonly id: string
  readonly steps: readonly ImportedStep[]
  readonly commands: Readonly<Record<string, string>>
}

const pending: StepState = {
  status: 'pending',
  attempts: [],
  output: null,
  waitingOn: null,
  skippedBy: null,
}

/**
 * A run that our executor can finish. What is done keeps its result and asks a person, should it ever be run again; what is not
 * done needs a command, for an agent of another engine is nothing that we can run.
 */
export function importedRun({ engine, view, id, steps, commands }: Imported): FormatImport {
  const runId = RunId.safeParse(id)
  const lacking = steps.filter(
    ({ name, state, gate }) => !isDone(state) && gate === null && !Object.hasOwn(commands, name),
  )
  const problems = [
    ...(runId.success ? [] : [`${id} is no id of a run.`]),
    ...lacking.map(
      ({ name }) =>
        `${name} is done by an agent of ${engine}, which only ${engine} can run: give the command that does it here.`,
    ),
    ...(steps.length === 0 ? ['It has no steps.'] : []),
  ]
  if (problems.length > 0 || !runId.success) return { kind: 'refused', problems }
  const definition = WorkflowDefinition.safeParse({
    name: plainName(view.workflow.name),
    steps: Object.fromEntries(steps.map((step) => [step.id, definitionOf(step, engine, commands)])),
  })
  if (!definition.success) {
    return { kind: 'refused', problems: definition.error.issues.map(({ message }) => message) }
  }
  const circles = findProblems(definition.data).map(({ sentence }) => sentence)
  if (circles.length > 0) return { kind: 'refused', problems: circles }
  const states = steps.map(({ id: step, state }) => [step, keptState(state)] as const)
  const hasFailed = states.some(([, { status }]) => status === 'failed')
  const isOver = states.every(([, state]) => isDone(state))
  const status = isOver ? 'completed' : hasFailed ? 'failed' : 'paused'
  const run: Run = {
    ...view,
    id: runId.data,
    kind: 'workflow',
    workflow: { ...view.workflow, name: definition.data.name, definition: definition.data },
    status,
    finishedAt: status === 'paused' ? null : (view.finishedAt ?? view.updatedAt),
    steps: Object.fromEntries(states),
  }
  const again = steps.filter(
    ({ state }) => state.status === 'running' || state.status === 'waiting',
  )
  const notes = again.map(
    ({ name, state }) =>
      `${name} was ${state.status}: it begins anew, and what it has done stays done.`,
  )
  return { kind: 'ok', run, notes }
}

/** The state that a step has right after the import: what an export is held against. */
export function keptState(state: StepState): StepState {
  return isDone(state) || state.status === 'failed' ? { ...state, waitingOn: null } : pending
}

function isDone({ status }: StepState): boolean {
  return status === 'succeeded' || status === 'skipped'
}

function definitionOf(
  { name, title, needs, gate }: ImportedStep,
  engine: string,
  commands: Readonly<Record<string, string>>,
): StepDefinition {
  const common = {
    ...(title === null ? {} : { title: title.slice(0, 200) }),
    ...(needs.length === 0 ? {} : { needs: [...needs] }),
  }
  if (Object.hasOwn(commands, name)) return { ...common, run: commands[name] }
  const message = gate ?? `${name} was done by ${engine}. Approve when its result still holds.`
  return { ...common, gate: { message: plainTemplate(message) } }
}

function plainName(name: string): string {
  const plain = name.replaceAll(/[^A-Za-z0-9 ._-]/g, '').replace(/^[^A-Za-z0-9]+/, '')
  return plain.slice(0, 80) || 'imported'
}
