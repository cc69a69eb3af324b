import { RunId } from '../../../schema/ids.ts'
import type { Run } from '../../../schema/run.ts'
import { WorkflowDefinition, type StepDefinition } from '../../../schema/workflow.ts'
import { plainTemplate } from '../../../schema/plainTemplate.ts'
import { findProblems } from '../../graph/findProblems.ts'
import type { FileSet, FormatContext, FormatImport } from '../format.ts'
import { isState } from './documentKind.ts'
import { openStore, type FileStore } from './fileStore.ts'
import { gatesOf } from './planGates.ts'
import { runView } from './runView.ts'
import { sideView } from './sideView.ts'
import { stepFacts, type StepFacts } from './stepFacts.ts'

type Options = {
  readonly commands: Readonly<Record<string, string>>
  readonly id: string
}

/** [F91] Agents cannot be run from here: a step that is not done needs a command, or it is refused by its name. */
export function toRun(
  set: FileSet,
  { commands, id }: Options,
  { sha256 }: FormatContext,
): FormatImport {
  const store = openStore(set, sha256)
  const run = (isState(store.kind) ? runView(store) : sideView(store)).run
  const runId = RunId.safeParse(id).data
  if (run === null) return refused('It cannot be read as a run: repair it first.')
  if (runId === undefined) return refused(`"${id}" is no id of a run.`)
  const steps = namedSteps(store, run)
  const lacking = steps.filter((step) => !isDone(step) && commandOf(step, commands) === null)
  if (lacking.length > 0) return { kind: 'refused', problems: lacking.map(lackingSentence) }
  if (steps.length === 0) return refused('It names no step.')
  const definition = WorkflowDefinition.safeParse({
    name: nameOf(run.workflow.name),
    steps: Object.fromEntries(
      steps.map((step, index) => [step.id, stepOf(step, { index, steps, commands })]),
    ),
  })
  if (!definition.success)
    return refused(`Its steps make no workflow: ${definition.error.issues[0]?.message ?? ''}.`)
  const flaws = findProblems(definition.data).map(({ sentence }) => sentence)
  if (flaws.length > 0) return { kind: 'refused', problems: flaws }
  return {
    kind: 'ok',
    run: { ...run, id: runId, workflow: { ...run.workflow, definition: definition.data } },
    notes: notesOf(store, steps),
  }
}

function refused(problem: string): FormatImport {
  return { kind: 'refused', problems: [problem] }
}

type NamedStep = Pick<StepFacts, 'name' | 'id' | 'status' | 'agent' | 'action' | 'needs'>

export function namedSteps(store: FileStore, run: Run): readonly NamedStep[] {
  const { fields } = store.own
  if (isState(store.kind) && fields !== null) return stepFacts(store, fields)
  return Object.entries(run.steps).map(([step, { status }]) => ({
    name: step,
    id: step as NamedStep['id'], // the keys of the view are step ids
    status,
    agent: null,
    action: null,
    needs: null,
  }))
}

function isDone({ status }: NamedStep): boolean {
  return status === 'succeeded' || status === 'skipped'
}

function commandOf({ name, id }: NamedStep, commands: Options['commands']): string | null {
  const key = [name, id].find((one) => Object.hasOwn(commands, one))
  const command = key === undefined ? '' : (commands[key] ?? '')
  return command.trim() === '' ? null : command
}

function lackingSentence({ name, agent, action }: NamedStep): string {
  const who =
    agent === null ? 'an agent' : `the agent ${agent}${action === null ? '' : ` (${action})`}`
  return `"${name}" is done by ${who} of TappsCodingAgents, which Unstuck cannot run: give a command for it.`
}

function stepOf(
  step: NamedStep,
  {
    index,
    steps,
    commands,
  }: {
    readonly index: number
    readonly steps: readonly NamedStep[]
    readonly commands: Options['commands']
  },
): StepDefinition {
  const command = commandOf(step, commands)
  const needs = needsOf(step, index, steps)
  const title = step.name === step.id ? {} : { title: step.name.slice(0, 200) }
  const how =
    command === null
      ? // Done already. Should it be run again, a person does it: nothing here can.
        {
          gate: {
            message: plainTemplate(
              `TappsCodingAgents did "${step.name.slice(0, 200)}". Do it there again, then approve.`,
            ),
          },
        }
      : { run: command }
  return { ...title, ...how, ...(needs.length === 0 ? {} : { needs: [...needs] }) }
}

/** By the plan where there is one, else one after the other. What was skipped holds nothing up. */
function needsOf(
  step: NamedStep,
  index: number,
  steps: readonly NamedStep[],
): readonly NamedStep['id'][] {
  if (step.needs !== null) {
    return steps
      .filter((one) => step.needs?.includes(one.name) === true && one.status !== 'skipped')
      .map(({ id }) => id)
  }
  const before = steps.slice(0, index).findLast(({ status }) => status !== 'skipped')
  return before === undefined ? [] : [before.id]
}

function nameOf(name: string): string {
  const plain = name
    .replaceAll(/[^A-Za-z0-9 ._-]/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, 80)
  return plain === '' ? 'tapps workflow' : plain
}

function notesOf(store: FileStore, steps: readonly NamedStep[]): readonly string[] {
  const isPlanned = steps.some(({ needs }) => needs !== null)
  const gates = gatesOf(store)
  return [
    ...(isPlanned
      ? []
      : [
          'Its steps are taken one after the other: no plan of it tells what needs what, nor which steps come after the last one named.',
        ]),
    ...gates
      .filter((gate) => steps.some((step) => step.name === gate && !isDone(step)))
      .map(
        (gate) => `The gate of "${gate}" is not taken over: that its command succeeds is enough.`,
      ),
    'Its times have no zone: they are taken for UTC.',
  ]
}
