import { compare } from '../../../schema/compare.ts'
import { booleanOf, numberOf, stringOf, type TextNode } from '../text/parseText.ts'
import { goTime, type GoTime } from './goTime.ts'
import { goValue } from './goShape.ts'

/** An AWF state as its own reader would hold it; what is missing is empty, as in Go. */
export type AwfState = {
  readonly id: string
  readonly workflow: string
  readonly parent: string
  readonly status: string
  readonly currentStep: string
  readonly inputs: TextNode | null
  readonly startedAt: GoTime
  readonly updatedAt: GoTime
  readonly completedAt: GoTime
  readonly loop: TextNode | null
  readonly callStack: readonly string[]
  /** In the order in which they started; those that never did come last. */
  readonly steps: readonly AwfStep[]
}

export type AwfStep = {
  /** Its key in `States`, which is what AWF finds it by. */
  readonly key: string
  readonly name: string
  readonly status: string
  readonly output: string
  readonly error: string
  readonly exitCode: number
  readonly attempt: number
  readonly startedAt: GoTime
  readonly completedAt: GoTime
  readonly outputPath: string
  readonly stderrPath: string
  readonly isTruncated: boolean
  readonly node: TextNode
}

export function awfState(root: TextNode): AwfState {
  const value = (field: string) => goValue(root, field)
  const text = (field: string) => stringOf(value(field)) ?? ''
  const callStack = value('CallStack')
  return {
    id: text('WorkflowID'),
    workflow: text('WorkflowName'),
    parent: text('ParentRunID'),
    status: text('Status'),
    currentStep: text('CurrentStep'),
    inputs: value('Inputs'),
    startedAt: timeOf(value('StartedAt')),
    updatedAt: timeOf(value('UpdatedAt')),
    completedAt: timeOf(value('CompletedAt')),
    loop: objectOrNull(value('CurrentLoop')),
    callStack:
      callStack?.kind === 'array' ? callStack.items.map((item) => stringOf(item) ?? '') : [],
    steps: stepsOf(value('States')),
  }
}

function stepsOf(states: TextNode | null): readonly AwfStep[] {
  if (states?.kind !== 'object') return []
  const last = new Map(states.members.map(({ key, value }) => [key, value]))
  return [...last].map(([key, node]) => stepOf(key, node)).toSorted(byStart)
}

function stepOf(key: string, node: TextNode): AwfStep {
  const value = (field: string) => goValue(node, field)
  const text = (field: string) => stringOf(value(field)) ?? ''
  return {
    key,
    name: text('Name'),
    status: text('Status'),
    output: text('Output'),
    error: text('Error'),
    exitCode: numberOf(value('ExitCode')) ?? 0,
    attempt: numberOf(value('Attempt')) ?? 0,
    startedAt: timeOf(value('StartedAt')),
    completedAt: timeOf(value('CompletedAt')),
    outputPath: text('OutputPath'),
    stderrPath: text('StderrPath'),
    isTruncated: booleanOf(value('Truncated')) ?? false,
    node,
  }
}

function byStart(a: AwfStep, b: AwfStep): number {
  if (a.startedAt.isZero !== b.startedAt.isZero) return a.startedAt.isZero ? 1 : -1
  return compare(a.startedAt.ns, b.startedAt.ns)
}

/** What is no time is "never" here; the shape rules tell of it. */
function timeOf(node: TextNode | null): GoTime {
  return goTime(stringOf(node) ?? '') ?? never
}

const never: GoTime = { ns: goTime('0001-01-01T00:00:00Z')?.ns ?? 0n, isZero: true, at: null }

function objectOrNull(node: TextNode | null): TextNode | null {
  return node?.kind === 'object' ? node : null
}
