import { ownValue, type Timestamp } from '../../../schema/json.ts'
import type { Run, RunStatus, StepState } from '../../../schema/run.ts'
import { listed } from '../../diagnose/words.ts'
import {
  booleanOf,
  member,
  membersOf,
  nodeAt,
  stringOf,
  type TextNode,
  type TextObject,
} from '../text/parseText.ts'
import { jsonOf } from '../view/jsonOf.ts'
import { earliest, latest, momentOfIso, momentOfSeconds } from '../view/times.ts'
import { idAmong, runIdOf, stepIdsOf } from '../view/viewIds.ts'
import { attemptOf, viewOf } from '../view/viewOf.ts'
import { legacyBranches, legacyStatuses, type LegacyBranch } from './legacyBranches.ts'
import { isPaused } from './marsysDocument.ts'

/** A session of 0.1 or 0.2 in common terms: its branches are the steps. [F120] */
export function legacyView(root: TextObject, session: string | null, now: Timestamp): Run {
  const branches = legacyBranches(root)
  const results = membersOf(member(root, 'branch_results'))
  const ids = stepIdsOf(branches.map(({ key }) => key))
  const steps = Object.fromEntries(
    branches.map((branch) => [
      idAmong(ids, branch.key),
      stepOf(branch, results.get(branch.key) ?? null),
    ]),
  )
  const metadata = member(root, 'metadata')
  const saved = momentOfSeconds(member(root, 'timestamp'))
  const changed = latest(
    saved,
    ...['pause_time', 'resume_time', 'rollback_time', 'checkpoint_time'].map((key) =>
      momentOfIso(member(metadata, key)),
    ),
  )
  const startedAt = earliest(...branches.map((branch) => branch.startedAt))
  const createdAt = earliest(startedAt, saved) ?? now
  const status = statusOf(root, Object.values(steps))
  const isOver = status === 'completed' || status === 'failed' || status === 'cancelled'
  const finishedAt = latest(...branches.map((branch) => branch.finishedAt)) ?? saved
  return viewOf({
    id: runIdOf(session ?? 'session'),
    kind: 'session',
    name: agentNames(branches) || 'MARSYS session',
    status,
    steps,
    createdAt,
    startedAt,
    updatedAt: changed ?? createdAt,
    finishedAt: isOver ? finishedAt : null,
    error:
      status === 'failed' ? (branches.find(({ error }) => error !== null)?.error ?? null) : null,
  })
}

function stepOf(branch: LegacyBranch, result: TextNode | null): StepState {
  const status = legacyStatuses.get(branch.status ?? '') ?? 'pending'
  return {
    status,
    attempts: [...attemptOf(1, { ...branch, status })],
    output: jsonOf(member(result, 'final_response')),
    waitingOn: null,
    skippedBy: null,
    title: branch.name,
    agent: branch.agent,
    parent: branch.parent,
    stepsDone: branch.step,
    stepsTotal: branch.totalSteps,
  }
}

/** `metadata.status` says running for ever: what the branches say counts, and the pause that a person asked for. */
function statusOf(root: TextObject, steps: readonly StepState[]): RunStatus {
  const has = (...words: readonly StepState['status'][]) =>
    steps.some(({ status }) => words.includes(status))
  if (isPaused(root)) return 'paused'
  if (has('running')) return 'running'
  if (has('waiting')) return 'waiting'
  if (has('failed')) return 'failed'
  if (has('pending')) return has('succeeded') ? 'running' : 'pending'
  if (has('cancelled')) return 'cancelled'
  if (has('succeeded')) return 'completed'
  return ownValue(runWords, stringOf(nodeAt(root, ['metadata', 'status'])) ?? '') ?? 'pending'
}

const runWords: Readonly<Record<string, RunStatus>> = {
  running: 'running',
  completed: 'completed',
  failed: 'failed',
  cancelled: 'cancelled',
}

/** There is no name of a workflow: the agents that it begins with are what a person knows it by. */
function agentNames(branches: readonly LegacyBranch[]): string {
  const roots = branches.filter(({ parent }) => parent === null)
  const agents = new Set(roots.map(({ agent }) => agent).filter((agent) => agent !== null))
  return listed([...agents])
}

/** The status as it is written. A pause is a flag and leaves the word as it was: the flag goes before. */
export function saidOfLegacy(root: TextObject): {
  readonly status: string | null
  readonly steps: Readonly<Record<string, string>>
} {
  const branches = legacyBranches(root)
  const ids = stepIdsOf(branches.map(({ key }) => key))
  const status = stringOf(nodeAt(root, ['metadata', 'status']))
  return {
    status: booleanOf(nodeAt(root, ['metadata', 'paused'])) === true ? 'paused' : status,
    steps: Object.fromEntries(
      branches.flatMap(({ key, status: word }) =>
        word === null ? [] : [[idAmong(ids, key), word]],
      ),
    ),
  }
}
