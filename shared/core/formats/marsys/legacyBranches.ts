import type { Timestamp } from '../../../schema/json.ts'
import type { StepStatus } from '../../../schema/run.ts'
import {
  member,
  membersOf,
  nodeAt,
  numberOf,
  stringOf,
  type TextNode,
  type TextObject,
} from '../text/parseText.ts'
import { momentOfSeconds } from '../view/times.ts'

/** A branch as the removed state manager keeps it, or as far as its `repr` in a checkpoint of 0.1 can be read. */
export type LegacyBranch = {
  readonly key: string
  readonly id: string | null
  readonly node: TextNode
  readonly name: string | null
  readonly agent: string | null
  readonly parent: string | null
  /** As it is written. */
  readonly status: string | null
  readonly step: number | null
  readonly totalSteps: number | null
  readonly startedAt: Timestamp | null
  readonly finishedAt: Timestamp | null
  readonly error: string | null
}

/** What each status of a branch is in common words. */
export const legacyStatuses: ReadonlyMap<string, StepStatus> = new Map([
  ['pending', 'pending'],
  ['running', 'running'],
  ['paused', 'waiting'],
  ['waiting', 'waiting'],
  ['completed', 'succeeded'],
  ['failed', 'failed'],
  ['cancelled', 'cancelled'],
])

export function legacyBranches(root: TextObject): readonly LegacyBranch[] {
  return [...membersOf(member(root, 'branches'))].map(([key, node]) => {
    const text = stringOf(node)
    return text === null ? branchOf(key, node) : branchOfRepr(key, node, text)
  })
}

function branchOf(key: string, node: TextNode): LegacyBranch {
  const text = (...path: readonly string[]) => stringOf(nodeAt(node, path))
  return {
    key,
    node,
    id: text('id'),
    name: text('name'),
    agent: text('topology', 'current_agent') ?? text('topology', 'entry_agent'),
    parent: text('parent_branch'),
    status: text('state', 'status'),
    step: numberOf(nodeAt(node, ['state', 'current_step'])),
    totalSteps: numberOf(nodeAt(node, ['state', 'total_steps'])),
    startedAt: momentOfSeconds(nodeAt(node, ['state', 'start_time'])),
    finishedAt: momentOfSeconds(nodeAt(node, ['state', 'end_time'])),
    error: text('state', 'error'),
  }
}

/** Python's `repr` is no value: only plain words and numbers of it are taken, and the view is labelled as lossy. */
function branchOfRepr(key: string, node: TextNode, repr: string): LegacyBranch {
  const word = (pattern: RegExp) => pattern.exec(repr)?.[1] ?? null
  const number = (name: string) => {
    const digits = word(new RegExp(`\\b${name}=(\\d+(?:\\.\\d+)?)`))
    return digits === null ? null : Number(digits)
  }
  const moment = (name: string) => {
    const lexeme = word(new RegExp(`\\b${name}=(\\d+(?:\\.\\d+)?)`))
    return lexeme === null ? null : momentOfSeconds({ kind: 'scalar', start: 0, end: 0, lexeme })
  }
  return {
    key,
    node,
    id: word(/^ExecutionBranch\(id='([^'\\]*)'/),
    name: word(/, name='([^'\\]*)'/),
    agent: word(/\bcurrent_agent='([^'\\]*)'/),
    parent: word(/\bparent_branch='([^'\\]*)'/),
    status: word(/\bstatus=<BranchStatus\.\w+: '([^'\\]*)'>/),
    step: number('current_step'),
    totalSteps: number('total_steps'),
    startedAt: moment('start_time'),
    finishedAt: moment('end_time'),
    error: word(/\berror='([^'\\]*)'/),
  }
}
