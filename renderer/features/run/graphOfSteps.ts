import { groupBy } from '../../ui/groupBy.ts'
import type { StepView } from '../../../shared/contract/runs.ts'
import { criticalPath } from '../../../shared/core/graph/criticalPath.ts'
import { formatDuration } from '../../ui/formatDuration.ts'
import type { GraphNode } from '../../ui/Graph.tsx'
import type { GraphShape } from '../../ui/graphLayout.ts'
import { statusLook } from '../../ui/statusLooks.ts'
import { groupSteps } from './groupSteps.ts'
import { stepStatus } from './stepBars.ts'
import { stepProgress } from './stepProgress.ts'

export type StepGraph = {
  readonly shape: GraphShape
  readonly nodes: readonly GraphNode[]
  /** The chain of needs that decided when its last step could begin; empty before anything began. */
  readonly path: readonly string[]
}

export type GraphOptions = {
  /** Null where nobody carries the run. */
  readonly nowMs: number | null
  /** False: more steps are still to be read, and a need that is not there yet is not called missing. */
  readonly isComplete: boolean
}

/** Steps as nodes: the items of a step are one with it, and what is needed and not defined has a node too. */
export function graphOfSteps(steps: readonly StepView[], options: GraphOptions): StepGraph {
  const own = groupSteps(steps).map(({ step }) => step)
  const known = new Set<string>(own.map(({ id }) => id))
  const missing = options.isComplete
    ? new Set(own.flatMap(({ needs }) => needs).filter((need) => !known.has(need)))
    : new Set<string>()
  const edges = own.flatMap(({ id, needs }) =>
    [...new Set(needs)].flatMap((from) =>
      from !== id && (known.has(from) || missing.has(from)) ? [{ from, to: String(id) }] : [],
    ),
  )
  const path = pathOf(own)
  const dependents = groupBy(edges, ({ from }) => from)
  const neededBy = (id: string) => dependents.get(id)?.map(({ to }) => to) ?? []
  const onPath = new Set(path)
  const nodes = [
    ...own.map((step) => ({
      ...nodeOf(step, neededBy(step.id), options.nowMs),
      isOnPath: onPath.has(step.id),
    })),
    ...[...missing].map((id) => missingNode(id, neededBy(id))),
  ]
  return { shape: { nodes: nodes.map(({ id }) => id), edges }, nodes, path }
}

/** Where a run stands: what went wrong first, else what it waits for, else what runs, else what ended last. */
export function pathOf(steps: readonly StepView[]): readonly string[] {
  const end =
    steps.find(({ status, inDoubt }) => inDoubt || status === 'failed') ??
    steps.find(({ status }) => status === 'waiting') ??
    steps.find(({ status }) => status === 'running' || status === 'cancelled') ??
    steps.reduce<StepView | null>(lastEnded, null)
  if (end === null) return []
  return criticalPath(
    steps.map((step) => ({ ...step, isSettled: isSettled(step) })),
    end.id,
  )
}

function lastEnded(a: StepView | null, b: StepView): StepView | null {
  return b.finishedAt !== null && b.finishedAt > (a?.finishedAt ?? '') ? b : a
}

function isSettled({ status, skippedBy }: StepView): boolean {
  return status === 'succeeded' || (status === 'skipped' && skippedBy !== 'dependency')
}

function nodeOf(step: StepView, neededBy: readonly string[], nowMs: number | null): GraphNode {
  const note = noteOf(step, nowMs)
  const marks = marksOf(step)
  const count = Object.values(step.items ?? {}).reduce((sum, one) => sum + one, 0)
  const status = stepStatus(step)
  const words = [statusLook(status).word.toLowerCase(), ...(note === null ? [] : [note])]
  const sentences = [
    `${step.id}: ${words.join(', ')}.`,
    ...(step.title === null ? [] : [`${step.title}.`]),
    ...marks.map(({ text }) => `${text}.`),
    step.needs.length === 0 ? 'Needs nothing.' : `Needs ${step.needs.join(', ')}.`,
    neededBy.length === 0 ? 'Nothing needs it.' : `Needed by ${neededBy.join(', ')}.`,
  ]
  return {
    id: step.id,
    label: step.id,
    status,
    note,
    count: count === 0 ? null : count,
    marks,
    isBegun: step.attempts.length > 0 || step.status !== 'pending',
    isOnPath: false,
    isDim: false,
    sentence: sentences.join(' '),
  }
}

function missingNode(id: string, neededBy: readonly string[]): GraphNode {
  return {
    id,
    label: id,
    status: 'not-defined',
    note: null,
    count: null,
    marks: [],
    isBegun: false,
    isOnPath: false,
    isDim: false,
    sentence: `${id}: the definition has no such step. Needed by ${neededBy.join(', ')}.`,
  }
}

function noteOf(step: StepView, nowMs: number | null): string | null {
  const progress = stepProgress(step, nowMs)
  if (progress !== null) return progress
  if (step.status === 'skipped' && step.skippedBy !== null) return `by ${step.skippedBy}`
  if (step.startedAt === null || step.finishedAt === null || step.inDoubt) return null
  const took = formatDuration(Date.parse(step.finishedAt) - Date.parse(step.startedAt))
  return step.attempts.length > 1 ? `${took}, ${step.attempts.length} attempts` : took
}

function marksOf({ kind, when }: StepView): GraphNode['marks'] {
  const mark = kind === undefined || kind === null ? undefined : kindMarks.get(kind)
  return [
    ...(mark === undefined ? [] : [mark]),
    ...(when === undefined ? [] : [{ icon: 'filter', text: `Runs only if ${when}` } as const]),
  ]
}

/** Kinds that do something else than run a program. */
const kindMarks: ReadonlyMap<string, GraphNode['marks'][number]> = new Map([
  ['gate', { icon: 'shield', text: 'A gate: a person decides' }],
  ['wait', { icon: 'clock', text: 'Waits for a time' }],
  ['workflow', { icon: 'branch', text: 'Begins a run of its own' }],
  ['http', { icon: 'external', text: 'Calls over HTTP' }],
])
