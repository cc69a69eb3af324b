import type { Timestamp } from '../../../schema/json.ts'
import type { Run, StepState, StepStatus } from '../../../schema/run.ts'
import {
  member,
  membersOf,
  nodeAt,
  numberOf,
  stringOf,
  stringsOf,
  type TextNode,
  type TextObject,
} from '../text/parseText.ts'
import { jsonOf } from '../view/jsonOf.ts'
import { earliest, momentOfIso, momentOfSeconds } from '../view/times.ts'
import { idAmong, runIdOf, stepIdsOf } from '../view/viewIds.ts'
import { attemptOf, viewOf } from '../view/viewOf.ts'

/** What each status of a branch of 0.3 is in common words. */
export const snapshotStatuses: ReadonlyMap<string, StepStatus> = new Map([
  ['RUNNING', 'running'],
  ['WAITING', 'waiting'],
  ['TERMINATED', 'succeeded'],
  ['FAILED', 'failed'],
  ['ABANDONED', 'cancelled'],
])

/** A snapshot of 0.3 in common terms: only paused runs lie on the disk. [F120] */
export function snapshotView(root: TextObject, session: string | null, now: Timestamp): Run {
  const branches = [...membersOf(member(root, 'branches'))]
  const barriers = membersOf(member(root, 'barriers'))
  const ids = stepIdsOf(branches.map(([key]) => key))
  const pausedAt = momentOfIso(member(root, 'paused_at'))
  const steps = branches.map(([key, node]) => [
    idAmong(ids, key),
    stepOf({ root, barriers, key, node, pausedAt: pausedAt ?? now }),
  ])
  const starts = branches.map(([, node]) => momentOfSeconds(member(node, 'created_at')))
  const savedAt = momentOfIso(member(root, 'created_at'))
  const startedAt = earliest(...starts)
  const createdAt = startedAt ?? savedAt ?? pausedAt ?? now
  return viewOf({
    id: runIdOf(session ?? 'snapshot'),
    kind: 'session',
    name: stringOf(member(branches[0]?.[1] ?? null, 'current_agent')) ?? 'MARSYS session',
    status: 'paused',
    steps: Object.fromEntries(steps),
    createdAt,
    startedAt,
    updatedAt: pausedAt ?? savedAt ?? createdAt,
    finishedAt: null,
    error: stringOf(member(root, 'workflow_error')),
  })
}

type Branch = {
  readonly root: TextObject
  readonly barriers: ReadonlyMap<string, TextNode>
  readonly key: string
  readonly node: TextNode
  readonly pausedAt: Timestamp
}

function stepOf({ root, barriers, key, node, pausedAt }: Branch): StepState {
  const status = snapshotStatuses.get(stringOf(member(node, 'status')) ?? '') ?? 'pending'
  const startedAt = momentOfSeconds(member(node, 'created_at'))
  const question = interactionOf(root, key)
  const barrier = stringOf(member(node, 'delivery_target'))
  const arrived = nodeAt(barriers.get(barrier ?? '') ?? null, ['arrived', key])
  return {
    status: question === null ? status : 'waiting',
    attempts: [...attemptOf(1, { startedAt, finishedAt: null, status, error: null })],
    output: jsonOf(arrived),
    waitingOn:
      question === null
        ? null
        : {
            kind: 'gate',
            since: pausedAt,
            who: null,
            message: stringOf(member(question, 'prompt')),
          },
    skippedBy: null,
    title: stringOf(member(node, 'current_agent')),
    agent: stringOf(member(node, 'current_agent')),
    parent: parentOf(root, node),
    stepsDone: numberOf(member(node, 'step_count')),
    stepsTotal: null,
    waitsFor: waitedFor(root, node),
  }
}

/** A branch that asks a person something. */
export function interactionOf(root: TextObject, branch: string): TextNode | null {
  const list = member(root, 'user_interactions')
  if (list?.kind !== 'array') return null
  return list.items.find((one) => stringOf(member(one, 'suspended_branch_id')) === branch) ?? null
}

/** The branch that a barrier of the spawn goes back to. */
function parentOf(root: TextObject, node: TextNode): string | null {
  const barrier = stringOf(member(node, 'parent_spawn'))
  return barrier === null ? null : stringOf(nodeAt(root, ['barriers', barrier, 'resolver_branch']))
}

/** Branches that have to reach the barrier before this one goes on. */
export function waitedFor(root: TextObject, node: TextNode): readonly string[] {
  const barrier = stringOf(member(node, 'waiting_on'))
  if (barrier === null) return []
  const candidates = stringsOf(nodeAt(root, ['barriers', barrier, 'candidates']))
  return candidates.filter((one) => nodeAt(root, ['barriers', barrier, 'arrived', one]) === null)
}

/** No word says so: a snapshot is there only while a run is paused. */
export function saidOfSnapshot(root: TextObject): {
  readonly status: string | null
  readonly steps: Readonly<Record<string, string>>
} {
  const branches = [...membersOf(member(root, 'branches'))]
  const ids = stepIdsOf(branches.map(([key]) => key))
  return {
    status: member(root, 'paused_at') === null ? null : 'paused',
    steps: Object.fromEntries(
      branches.flatMap(([key, node]) => {
        const word = stringOf(member(node, 'status'))
        return word === null ? [] : [[idAmong(ids, key), word]]
      }),
    ),
  }
}
