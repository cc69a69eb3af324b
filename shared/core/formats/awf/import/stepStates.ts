import { ownValue } from '../../../../schema/json.ts'
import type { Attempt, StepState } from '../../../../schema/run.ts'
import type { StepDefinition } from '../../../../schema/workflow.ts'
import { stepError, stepStatuses } from '../awfRun.ts'
import type { AwfState, AwfStep } from '../awfState.ts'
import { lastFailed, newerThan, stepAt } from '../awfTarget.ts'
import type { AwfDefinition } from '../definition/awfDefinition.ts'
import type { AwfWorkflow } from './toDefinition.ts'

type Imported = {
  readonly steps: Readonly<Record<string, StepState>>
  readonly notes: readonly string[]
}

/**
 * What became of each step, as AWF goes on from the one that failed: what ended after that one is forgotten. A step that may
 * have begun when the run was killed is in doubt here, so that a resume asks.
 */
export function stepStates(state: AwfState, awf: AwfDefinition, made: AwfWorkflow): Imported {
  const { definition } = made
  const names = Object.keys(definition.steps)
  const target = targetOf(state)
  const forgotten = target === null ? [] : newerThan(state, target).map(({ key }) => key)
  const doubtful = state.status === 'running' ? mayHaveBegun(state, awf, made) : []
  const rows = names.map((name): [string, StepState] => {
    const step = forgotten.includes(name) ? null : stepAt(state, name)
    if (doubtful.includes(name)) return [name, inDoubt(state)]
    if (step === null) return [name, state.status === 'completed' ? passedBy : notRun]
    const goesOn = ownValue<StepDefinition>(definition.steps, name)?.continueOnError === true
    return [name, step === target && goesOn ? notRun : stepState(step)]
  })
  const left = state.steps.filter(
    ({ key }) => !names.includes(key) && awf.states.get(key)?.type !== 'parallel',
  )
  const retried = state.steps.filter(({ attempt }) => attempt > 1)
  return {
    steps: Object.fromEntries(rows),
    notes: [
      ...forgotten.map(
        (name) => `${name} ran after the step that failed: it gets its turn again, as AWF does it.`,
      ),
      ...doubtful.map(
        (name) =>
          `Whether ${name} had begun is not known: AWF writes nothing while a step runs. A resume asks about it.`,
      ),
      ...left.map(({ key }) => `${key} has a state and no place in the definition: left out.`),
      ...retried.map(
        ({ key, attempt }) => `${key} was tried ${attempt} times: AWF keeps the last.`,
      ),
    ],
  }
}

const notRun: StepState = {
  status: 'pending',
  attempts: [],
  output: null,
  waitingOn: null,
  skippedBy: null,
}
const passedBy: StepState = { ...notRun, status: 'skipped', skippedBy: 'condition' }

/** The step that is run again: the one that failed last, or was cut off. */
function targetOf(state: AwfState): AwfStep | null {
  if (state.status === 'completed' || state.status === 'running') return null
  const current = stepAt(state, state.currentStep)
  return current?.status === 'failed' || current?.status === 'cancelled'
    ? current
    : lastFailed(state)
}

/** AWF saves when a step has ended: the next one may have begun since. */
function mayHaveBegun(state: AwfState, awf: AwfDefinition, made: AwfWorkflow): readonly string[] {
  const { currentStep } = state
  const ended = stepAt(state, currentStep)
  const not = ended?.status === 'failed' ? 'success' : 'failure'
  const targets = made.routes.routes
    .filter(({ from, by }) => from === currentStep && by !== not)
    .map(({ to }) => to)
  return targets
    .flatMap((name) => {
      const branches = awf.states.get(name)?.branches ?? []
      return branches.length > 0 ? branches : [name]
    })
    .filter((name) => stepAt(state, name) === null && !isEnd(awf, name))
}

function isEnd({ states }: AwfDefinition, name: string): boolean {
  return !states.has(name) || states.get(name)?.type === 'terminal'
}

function inDoubt({ updatedAt, startedAt }: AwfState): StepState {
  const at = updatedAt.at ?? startedAt.at
  if (at === null) return notRun
  return { ...notRun, status: 'running', attempts: [{ ...noAttempt, startedAt: at }] }
}

const noAttempt: Attempt = {
  number: 1,
  startedAt: '1970-01-01T00:00:00.000Z',
  finishedAt: null,
  outcome: null,
  error: null,
  exitCode: null,
  process: null,
}

/** What a step of AWF is here: of its attempts AWF keeps the last. */
export function stepState(step: AwfStep): StepState {
  const status = stepStatuses.get(step.status) ?? 'pending'
  if (status !== 'succeeded' && status !== 'failed' && status !== 'cancelled') return notRun
  const startedAt = step.startedAt.at ?? step.completedAt.at
  const finished: readonly Attempt[] =
    startedAt === null
      ? []
      : [
          {
            ...noAttempt,
            startedAt,
            finishedAt: step.completedAt.at ?? startedAt,
            outcome: status,
            error: status === 'failed' ? stepError(step) : null,
            exitCode: Number.isSafeInteger(step.exitCode) ? step.exitCode : null,
          },
        ]
  return {
    ...notRun,
    status,
    attempts: [...finished],
    output: status === 'succeeded' ? outputOf(step) : null,
  }
}

/** As a step of ours would have it: without its last line break. */
export function outputOf({ output }: Pick<AwfStep, 'output'>): string {
  return output.replace(/\r?\n$/, '')
}
