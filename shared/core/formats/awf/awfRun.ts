import { RunId } from '../../../schema/ids.ts'
import type { Json, Timestamp } from '../../../schema/json.ts'
import type {
  Lineage,
  Run,
  RunError,
  RunStatus,
  StepState,
  StepStatus,
} from '../../../schema/run.ts'
import type { Sha256 } from '../../../schema/digest.ts'
import { idAmong, stepIdsOf } from '../view/viewIds.ts'
import type { TextNode } from '../text/parseText.ts'
import { plainJson } from '../text/plainJson.ts'
import type { AwfState, AwfStep } from './awfState.ts'

/** AWF's words for a run in ours. */
export const runStatuses: ReadonlyMap<string, RunStatus> = new Map([
  ['pending', 'pending'],
  ['running', 'running'],
  ['completed', 'completed'],
  ['failed', 'failed'],
  ['cancelled', 'cancelled'],
])

export const stepStatuses: ReadonlyMap<string, StepStatus> = new Map([
  ['pending', 'pending'],
  ['running', 'running'],
  ['completed', 'succeeded'],
  ['failed', 'failed'],
  ['cancelled', 'cancelled'],
])

export type AwfText = { readonly text: string; readonly root: TextNode; readonly state: AwfState }

/** The common view. What it has no place for is kept whole under `awf`, so that nothing of the document is out of sight. */
export function awfRun(read: AwfText, sha256: Sha256): Run {
  const { state, text } = read
  const startedAt = state.startedAt.at
  const updatedAt = state.updatedAt.at ?? state.completedAt.at ?? startedAt ?? epoch
  const names = stepIdsOf(state.steps.map(({ key }) => key))
  const status = runStatuses.get(state.status) ?? 'paused'
  return {
    id: runIdOf(state.id, sha256),
    kind: 'workflow',
    workflow: { name: state.workflow, version: null, source: null, digest: null, definition: null },
    status,
    createdAt: startedAt ?? updatedAt,
    startedAt,
    updatedAt,
    finishedAt: state.completedAt.at,
    place: { user: null, host: null, folder: null, environment: [] },
    error: status === 'failed' ? errorOfRun(state) : null,
    inputs: membersOf(state.inputs, text),
    variables: {},
    steps: Object.fromEntries(
      state.steps.map((step) => [idAmong(names, step.key), stepOf(step, text)]),
    ),
    checkpoints: [],
    decisions: [],
    lineage: lineageOf(state, sha256),
    annotations: { colour: null, note: null, pinned: false, tags: [] },
    journal: { seq: 0, sum: '' },
    awf: restOf(read.root, text, ['inputs', 'states']),
  }
}

const epoch: Timestamp = '1970-01-01T00:00:00.000Z'

/** The id that a state's run has here; one that is no id of ours is told by its digest. */
export function runIdOf(id: string, sha256: Sha256): RunId {
  return RunId.safeParse(id.toLowerCase()).data ?? RunId.parse(`awf-${sha256(id).slice(0, 16)}`)
}

function lineageOf({ parent, id }: AwfState, sha256: Sha256): Lineage | null {
  if (parent === '' || parent === id) return null
  return { parent: runIdOf(parent, sha256), checkpoint: null, relation: 'child' }
}

function errorOfRun({ steps, status }: AwfState): RunError {
  const failed = steps.findLast((step) => step.status === 'failed')
  if (failed === undefined)
    return { name: 'StepFailed', message: `It is said to be ${status}.`, code: null, stack: null }
  return { ...stepError(failed), step: failed.key }
}

function stepOf(step: AwfStep, text: string): StepState {
  const status = stepStatuses.get(step.status) ?? 'pending'
  return {
    status,
    attempts: attemptsOf(step, status),
    output: step.output,
    waitingOn: null,
    skippedBy: null,
    awf: restOf(step.node, text, ['output']),
  }
}

function attemptsOf(step: AwfStep, status: StepStatus): StepState['attempts'] {
  const { startedAt, completedAt, attempt, exitCode } = step
  if (startedAt.at === null) return []
  const outcome =
    status === 'succeeded' || status === 'failed' || status === 'cancelled' ? status : null
  return [
    {
      number: Number.isSafeInteger(attempt) && attempt >= 1 ? attempt : 1,
      startedAt: startedAt.at,
      finishedAt: completedAt.at,
      outcome,
      error: status === 'failed' ? stepError(step) : null,
      exitCode: outcome === null || !Number.isSafeInteger(exitCode) ? null : exitCode,
      process: null,
    },
  ]
}

export function stepError({ key, error, exitCode }: AwfStep): RunError {
  const said = error.trim()
  const message = `${key} failed${said === '' ? '' : `: ${said}`}${/[.!?]$/.test(said) ? '' : '.'}`
  return { name: 'ExitCode', message, code: String(exitCode), stack: null }
}

function membersOf(node: TextNode | null, text: string): Record<string, Json> {
  if (node?.kind !== 'object') return {}
  return Object.fromEntries(node.members.map(({ key, value }) => [key, plainJson(value, text)]))
}

function restOf(node: TextNode, text: string, shown: readonly string[]): Record<string, Json> {
  if (node.kind !== 'object') return {}
  return Object.fromEntries(
    node.members
      .filter(({ key }) => !shown.includes(key.toLowerCase()))
      .map(({ key, value }) => [key, plainJson(value, text)]),
  )
}
