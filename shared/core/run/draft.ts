import { ownValue } from '../../schema/json.ts'
import type { Run, StepState, StepStatus } from '../../schema/run.ts'

/**
 * A run being replayed. Containers are copied once, at their first change, so that a long journal costs its length and
 * not its length times the size of the run; what was handed in is never changed.
 */
export type Draft = {
  run: Run
  readonly owned: Set<Container>
  /** How many steps run and wait; null until someone asks. */
  active: Active | null
}
type Active = { running: number; waiting: number }
type Container = 'steps' | 'variables' | 'checkpoints' | 'decisions'

export function createDraft(run: Run): Draft {
  return { run: { ...run }, owned: new Set(), active: null }
}

/** Takes another run's values as the state; none of its containers is ours to change. */
export function replaceRun(draft: Draft, run: Run): void {
  draft.run = { ...run }
  draft.owned.clear()
  draft.active = null
}

export function ownedOf<C extends Container>(draft: Draft, container: C): Run[C] {
  if (!draft.owned.has(container)) {
    draft.run = { ...draft.run, [container]: copyOf(draft.run[container]) }
    draft.owned.add(container)
  }
  return draft.run[container]
}

function copyOf(container: Run[Container]): Run[Container] {
  return Array.isArray(container) ? container.slice() : { ...container }
}

const newStep: StepState = {
  status: 'pending',
  attempts: [],
  output: null,
  waitingOn: null,
  skippedBy: null,
}

/** A step that nothing has happened to. */
export function pendingStep(): StepState {
  return { ...newStep, attempts: [] }
}

/** Changes one step; a step that the run does not know is created, because reading never fails on an odd journal. */
export function updateStep(
  draft: Draft,
  step: string,
  change: (state: StepState) => Partial<StepState>,
): void {
  const steps: Record<string, StepState> = ownedOf(draft, 'steps')
  const state = ownValue(steps, step) ?? pendingStep()
  const next = { ...state, ...change(state) }
  if (draft.active !== null) {
    count(draft.active, state.status, -1)
    count(draft.active, next.status, 1)
  }
  put(steps, step, next)
}

/** While a run goes on it is `waiting` when something waits and nothing runs. */
export function followSteps(draft: Draft): void {
  const { run } = draft
  if (run.status !== 'running' && run.status !== 'waiting') return
  draft.active ??= countActive(run)
  const status = draft.active.running === 0 && draft.active.waiting > 0 ? 'waiting' : 'running'
  if (status !== run.status) draft.run = { ...run, status }
}

function countActive(run: Run): Active {
  const active = { running: 0, waiting: 0 }
  for (const { status } of Object.values(run.steps)) count(active, status, 1)
  return active
}

function count(active: Active, status: StepStatus, by: 1 | -1): void {
  if (status === 'running' || status === 'waiting') active[status] += by
}

/** Sets an own property under any name, `__proto__` included. */
export function put<T>(record: Record<string, T>, key: string, value: T): void {
  if (key !== '__proto__') record[key] = value
  else {
    Object.defineProperty(record, key, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    })
  }
}
