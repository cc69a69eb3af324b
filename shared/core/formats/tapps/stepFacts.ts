import type { StepId } from '../../../schema/ids.ts'
import { ownValue, type Json, type Timestamp } from '../../../schema/json.ts'
import type { Attempt, RunError, StepState, StepStatus } from '../../../schema/run.ts'
import { member, membersOf, stringsOf } from '../text/parseText.ts'
import { savedAt, type FileStore } from './fileStore.ts'
import { stepIdsOf } from '../view/viewIds.ts'
import { jsonOf } from '../view/jsonOf.ts'
import { textOf, type Execution, type StateFields } from './stateFields.ts'
import { timeOf } from './times.ts'

/** One step as the state, its executions, its plan and its checkpoints tell it. */
export type StepFacts = {
  readonly name: string
  readonly id: StepId
  /** In the engine's words. */
  readonly said: string
  readonly status: StepStatus
  readonly executions: readonly Execution[]
  readonly agent: string | null
  readonly action: string | null
  /** Steps that have to be done before; null: nothing says. */
  readonly needs: readonly string[] | null
  readonly output: Json
}

/** [F51] In the order of the plan, else as they were executed, completed and skipped; the current one after what is done. */
export function stepFacts(store: FileStore, fields: StateFields): readonly StepFacts[] {
  const plan = plannedSteps(store)
  const names = [
    ...new Set([
      ...plan.keys(),
      ...fields.executions.map(({ step }) => step),
      ...fields.completed,
      ...fields.skipped,
      ...(fields.currentStep === null ? [] : [fields.currentStep]),
    ]),
  ]
  const ids = stepIdsOf(names)
  const outputs = new Map(store.steps.map((step) => outputOf(step)))
  return names.flatMap((name) => {
    const id = ids.get(name)
    if (id === undefined) return []
    const executions = fields.executions.filter(({ step }) => step === name)
    const last = executions.at(-1)
    const planned = plan.get(name)
    return [
      {
        name,
        id,
        executions,
        agent: last?.agent ?? planned?.agent ?? null,
        action: last?.action ?? planned?.action ?? null,
        needs: planned?.needs ?? null,
        output: outputs.get(name) ?? null,
        ...statusOf(name, fields, last),
      },
    ]
  })
}

function statusOf(
  name: string,
  fields: StateFields,
  last: Execution | undefined,
): { readonly said: string; readonly status: StepStatus } {
  if (fields.completed.includes(name)) return { said: 'completed', status: 'succeeded' }
  if (fields.skipped.includes(name)) return { said: 'skipped', status: 'skipped' }
  const isRunning = fields.status === 'running'
  const word = last?.status ?? null
  if (word !== null) {
    const status = ownValue(executionStatuses, word) ?? 'pending'
    return {
      said: word,
      status: status === 'running' && !isRunning ? 'pending' : status,
    }
  }
  if (name !== fields.currentStep) return { said: 'pending', status: 'pending' }
  const said = fields.status ?? 'current'
  if (isRunning) return { said, status: 'running' }
  return { said, status: said === 'failed' || said === 'blocked' ? 'failed' : 'pending' }
}

const executionStatuses: { readonly [status: string]: StepStatus } = {
  completed: 'succeeded',
  failed: 'failed',
  skipped: 'skipped',
  running: 'running',
}

type Planned = Pick<StepFacts, 'agent' | 'action' | 'needs'>

function plannedSteps({ plan }: FileStore): ReadonlyMap<string, Planned> {
  if (plan?.parsed.kind !== 'ok') return new Map()
  const graph = [...membersOf(member(plan.parsed.root, 'step_graph'))]
  const makers = new Map(
    graph.flatMap(([name, step]) =>
      stringsOf(member(step, 'creates')).map((artifact) => [artifact, name] as const),
    ),
  )
  return new Map(
    graph.map(([name, step]) => {
      const makes = stringsOf(member(step, 'requires')).flatMap(
        (artifact) => makers.get(artifact) ?? [],
      )
      const before = graph.filter(([, other]) => textOf(other, 'next') === name).map(([id]) => id)
      const needs = [...new Set([...makes, ...before])].filter((other) => other !== name)
      return [name, { agent: textOf(step, 'agent'), action: textOf(step, 'action'), needs }]
    }),
  )
}

function outputOf({ parsed }: FileStore['steps'][number]): readonly [string, Json] {
  if (parsed.kind === 'broken') return ['', null]
  return [textOf(parsed.root, 'step_id') ?? '', jsonOf(member(parsed.root, 'step_output'))]
}

/** A step in common terms. An attempt that nothing tells the start of is taken to begin when the state was saved. */
export function stepState(facts: StepFacts, store: FileStore, error: string | null): StepState {
  const at = savedAt(store, store.own) ?? timeOf(store.own.fields?.startedAt ?? null)
  return {
    status: facts.status,
    attempts: attemptsOf(facts, at, error),
    output: facts.output,
    waitingOn: null,
    // A condition would be asked again, and there is none here: it stays skipped.
    skippedBy: facts.status === 'skipped' ? 'person' : null,
  }
}

function attemptsOf(facts: StepFacts, at: Timestamp | null, error: string | null): Attempt[] {
  const { status, executions } = facts
  const told = executions.map((one, index) =>
    attemptOf(one, {
      number: index + 1,
      at,
      isOpen: status === 'running' && index === executions.length - 1,
    }),
  )
  if (told.length > 0 || at === null) return told
  if (status !== 'running' && status !== 'failed') return []
  const isOver = status === 'failed'
  return [
    {
      number: 1,
      startedAt: at,
      finishedAt: isOver ? at : null,
      outcome: isOver ? 'failed' : null,
      error: isOver ? errorOf(error) : null,
      exitCode: null,
      process: null,
    },
  ]
}

function attemptOf(
  execution: Execution,
  {
    number,
    at,
    isOpen,
  }: { readonly number: number; readonly at: Timestamp | null; readonly isOpen: boolean },
): Attempt {
  const startedAt = timeOf(execution.startedAt) ?? timeOf(execution.completedAt) ?? at ?? epoch
  const finishedAt = isOpen ? null : (timeOf(execution.completedAt) ?? startedAt)
  const isGood = execution.status === 'completed' || execution.status === 'skipped'
  const outcome = isGood ? 'succeeded' : execution.status === 'failed' ? 'failed' : 'cancelled'
  return {
    number,
    startedAt,
    finishedAt,
    outcome: isOpen ? null : outcome,
    error: execution.error === null ? null : errorOf(execution.error),
    exitCode: null,
    process: null,
  }
}

/** Where no file tells any time at all. */
export const epoch = '1970-01-01T00:00:00.000Z'

export function errorOf(message: string | null): RunError | null {
  return message === null ? null : { name: 'TappsError', message, code: null, stack: null }
}
