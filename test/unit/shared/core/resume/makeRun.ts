import { RunId, CheckpointId, StepId } from '../../../../../shared/schema/ids.ts'
import type { Attempt, Checkpoint, Run, StepState } from '../../../../../shared/schema/run.ts'
import { WorkflowDefinition, type StepDefinition } from '../../../../../shared/schema/workflow.ts'
import { deepFreeze } from '../diff/deepFreeze.ts'

export const step = (name: string) => StepId.parse(name)

/** A moment of the second day of 2026, as minutes since midnight. */
export function at(minutes: number): string {
  return new Date(Date.UTC(2026, 0, 2, 0, minutes)).toISOString()
}

export function makeDefinition(
  steps: Readonly<Record<string, Partial<StepDefinition>>>,
): WorkflowDefinition {
  const whole = Object.entries(steps).map(([name, given]) => [name, { run: 'true', ...given }])
  return WorkflowDefinition.parse({ name: 'shop', steps: Object.fromEntries(whole) })
}

export function makeAttempt(number: number, given: Partial<Attempt> = {}): Attempt {
  return {
    number,
    startedAt: at(number),
    finishedAt: null,
    outcome: null,
    error: null,
    exitCode: null,
    process: null,
    ...given,
  }
}

export function makeStep(
  status: StepState['status'],
  given: Partial<StepState> & { readonly tries?: number } = {},
): StepState {
  const { tries = status === 'pending' || status === 'skipped' ? 0 : 1, ...rest } = given
  const outcome =
    status === 'succeeded' || status === 'failed' || status === 'cancelled' ? status : null
  const attempts = Array.from({ length: tries }, (_, index) =>
    index + 1 < tries
      ? makeAttempt(index + 1, { outcome: 'failed', finishedAt: at(index + 1), exitCode: 1 })
      : makeAttempt(index + 1, outcome === null ? {} : { outcome, finishedAt: at(index + 2) }),
  )
  return { status, attempts, output: null, waitingOn: null, skippedBy: null, ...rest }
}

export function makeCheckpoint(seq: number, given: Partial<Checkpoint> = {}): Checkpoint {
  return {
    id: CheckpointId.parse(`cp-${seq}`),
    parent: null,
    seq,
    name: `after record ${seq}`,
    trigger: 'step',
    step: null,
    progress: 0.5,
    at: at(seq),
    ...given,
  }
}

export function checkpointId(seq: number) {
  return CheckpointId.parse(`cp-${seq}`)
}

export type RunParts = Omit<Partial<Run>, 'steps'> & {
  readonly steps?: Readonly<Record<string, StepState>>
}

/** A running run of three steps, each needing the one before it; nothing has happened yet. Frozen all through. */
export function makeRun(given: RunParts = {}): Run {
  const { steps = untouched, ...rest } = given
  const definition = makeDefinition({
    build: { sideEffects: 'none' },
    charge: { needs: [step('build')], sideEffects: 'external' },
    mail: { needs: [step('charge')], sideEffects: 'idempotent' },
  })
  return deepFreeze<Run>({
    id: RunId.parse('shop-20260102t000000z-abcd'),
    kind: 'workflow',
    workflow: { name: 'shop', version: '1', source: null, digest: null, definition },
    status: 'running',
    createdAt: at(0),
    startedAt: at(0),
    updatedAt: at(10),
    finishedAt: null,
    place: { user: 'ada', host: 'mill', folder: null, environment: [] },
    error: null,
    inputs: {},
    variables: {},
    steps: asSteps(steps),
    checkpoints: [],
    decisions: [],
    lineage: null,
    annotations: { colour: null, note: null, pinned: false, tags: [] },
    journal: { seq: 10, sum: 'f'.repeat(32) },
    ...rest,
  })
}

const untouched = {
  build: makeStep('pending'),
  charge: makeStep('pending'),
  mail: makeStep('pending'),
}

function asSteps(steps: Readonly<Record<string, StepState>>): Run['steps'] {
  return steps
}
