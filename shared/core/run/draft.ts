import { ownValue } from '../../schema/json.ts'
import type { Run, StepState, StepStatus } from '../../schema/run.ts'

/**
 * A run being replayed. Containers are copied once, at their first change, so that a long journal costs its length and
 * not its length times the size of the run; what was handed in is never changed.
 */
export type Draft = {
  run: Run
  readonly owned: Set<Container>
  /** How many steps have each status; null until someone asks. */
  counts: Record<StepStatus, number> | null
  readonly listener: DraftListener | null
}
/** Is told while a record is applied: what it is told is the state only once all of the record is. */
export type DraftListener = {
  readonly stepChanged: (step: string, state: StepState) => void
  /** The whole state is another one. */
  readonly replaced: () => void
}
type Container = 'steps' | 'variables' | 'checkpoints' | 'decisions'

export function createDraft(run: Run, listener: DraftListener | null = null): Draft {
  return { run: { ...run }, owned: new Set(), counts: null, listener }
}

/** Takes another run's values as the state; none of its containers is ours to change. */
export function replaceRun(draft: Draft, run: Run): void {
  draft.run = { ...run }
  draft.owned.clear()
  draft.counts = null
  draft.listener?.replaced()
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
  const known = ownValue(steps, step)
  const state = known ?? pendingStep()
  const next = { ...state, ...change(state) }
  if (draft.counts !== null) {
    if (known !== undefined) draft.counts[known.status] -= 1
    draft.counts[next.status] += 1
  }
  put(steps, step, next)
  draft.listener?.stepChanged(step, next)
}

/** Takes steps away. */
export function dropSteps(draft: Draft, names: readonly string[]): void {
  const steps: Record<string, StepState> = ownedOf(draft, 'steps')
  for (const name of names) delete steps[name]
  draft.counts = null
  draft.listener?.replaced()
}

/** While a run goes on it is `waiting` when something waits and nothing runs. */
export function followSteps(draft: Draft): void {
  const { run } = draft
  if (run.status !== 'running' && run.status !== 'waiting') return
  const { running, waiting } = countsOf(draft)
  const status = running === 0 && waiting > 0 ? 'waiting' : 'running'
  if (status !== run.status) draft.run = { ...run, status }
}

export function countsOf(draft: Draft): Readonly<Record<StepStatus, number>> {
  return (draft.counts ??= countSteps(draft.run))
}

function countSteps(run: Run): Record<StepStatus, number> {
  const counts = { ...noSteps }
  for (const { status } of Object.values(run.steps)) counts[status] += 1
  return counts
}

const noSteps: Readonly<Record<StepStatus, number>> = {
  pending: 0,
  running: 0,
  waiting: 0,
  succeeded: 0,
  failed: 0,
  skipped: 0,
  cancelled: 0,
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
