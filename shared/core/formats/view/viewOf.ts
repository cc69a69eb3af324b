import type { RunId } from '../../../schema/ids.ts'
import type { Timestamp } from '../../../schema/json.ts'
import type { Attempt, Run, StepState } from '../../../schema/run.ts'

export type View = Pick<Run, 'kind' | 'status' | 'steps'> & {
  readonly id: RunId
  readonly name: string
  readonly createdAt: Timestamp
  readonly startedAt: Timestamp | null
  readonly updatedAt: Timestamp
  readonly finishedAt: Timestamp | null
  readonly definition?: Run['workflow']['definition']
  readonly error?: string | null
  readonly inputs?: Run['inputs']
  readonly user?: string | null
}

/** The common view of a state of another engine: what no such engine has is empty. */
export function viewOf(view: View): Run {
  const { id, kind, name, status, steps, createdAt, startedAt, updatedAt, finishedAt } = view
  return {
    id,
    kind,
    workflow: {
      name,
      version: null,
      source: null,
      digest: null,
      definition: view.definition ?? null,
    },
    status,
    createdAt,
    startedAt,
    updatedAt,
    finishedAt,
    place: { user: view.user ?? null, host: null, folder: null, environment: [] },
    error: errorOf(view.error ?? null),
    inputs: view.inputs ?? {},
    variables: {},
    steps,
    checkpoints: [],
    decisions: [],
    lineage: null,
    annotations: { colour: null, note: null, pinned: false, tags: [] },
    journal: { seq: 0, sum: '' },
  }
}

export function errorOf(message: string | null): Run['error'] {
  return message === null ? null : { name: 'Error', message, code: null, stack: null }
}

/** What the engine says of one try of a step; null as long as it has not begun. */
export function attemptOf(
  number: number,
  facts: {
    readonly startedAt: Timestamp | null
    readonly finishedAt: Timestamp | null
    readonly status: StepState['status']
    readonly error: string | null
    readonly exitCode?: number | null
  },
): readonly Attempt[] {
  const { startedAt, finishedAt, status, error } = facts
  if (startedAt === null) return []
  const isOver = status === 'succeeded' || status === 'failed' || status === 'cancelled'
  return [
    {
      number,
      startedAt,
      finishedAt: isOver ? finishedAt : null,
      outcome: isOver ? status : null,
      error: errorOf(error),
      exitCode: Number.isSafeInteger(facts.exitCode) ? (facts.exitCode ?? null) : null,
      process: null,
    },
  ]
}
