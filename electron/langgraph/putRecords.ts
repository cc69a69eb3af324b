// The records of one checkpoint of a graph: the state that changed, the steps that ended, the checkpoint, the steps that begin.
import type { Checkpoint, CheckpointMetadata } from '@langchain/langgraph-checkpoint'
import { CheckpointId, StepId } from '../../shared/schema/ids.ts'
import type { RecordBody, RecordOf } from '../../shared/schema/journal.ts'
import type { Json } from '../../shared/schema/json.ts'
import type { Run } from '../../shared/schema/run.ts'
import { changeRecords } from '../library/sessionRun.ts'
import { isPendingName, isStepOf, namespaceOf, nodesOf } from './names.ts'
import { nextSteps } from './nextNodes.ts'
import { TaskWrites, type Point } from './point.ts'
import { createStepChanges, type StepChanges } from './stepChanges.ts'
import { variablesOf } from './thread.ts'

export type PutCall = {
  readonly run: Run
  /** With what stands of it in the state; its record's id is given here. */
  readonly point: Point
  readonly checkpoint: Checkpoint
  readonly metadata: CheckpointMetadata
  readonly by: string
}

/** [B33] In one write: a checkpoint is there with its whole state, or not at all. */
export function putRecords(call: PutCall): readonly RecordBody[] {
  const { run, point, checkpoint, metadata, by } = call
  const { namespace } = point
  const next = nextSteps(namespace, checkpoint)
  const goesOn = metadata.source === 'input' || (metadata.source === 'loop' && next.length > 0)
  const steps = createStepChanges(run)

  if (goesOn || next.length > 0 || run.status !== 'completed') wake(steps, call)
  const variables = stateAfter(run, point)
  for (const body of changeRecords(run.variables, variables, by)) steps.add(body)
  endOpenSteps(steps, call)
  steps.add(checkpointRecord(call, steps))
  // A graph hands on a checkpoint behind others: its tasks may have written before it is here.
  const done = stepsBehind(run, namespace, point.facts.id)
  if (goesOn) for (const step of next) if (!done.has(step)) steps.begin(step)
  if (!goesOn) rest(steps, call, next)
  return steps.bodies
}

/** Whatever it had come to: it goes on. An interrupt is answered by then; what stood still is told anew. */
function wake(steps: StepChanges, { run, metadata, by }: PutCall): void {
  const isMoving = run.status === 'running'
  const isChanged = metadata.source === 'update' || metadata.source === 'fork'
  if (isMoving && !isChanged) return
  const open = steps.inStatus('waiting', ...(isChanged ? (['running'] as const) : []))
  steps.reset(open, by)
}

/** [B37] A checkpoint is made when every task of the step before it has ended. */
function endOpenSteps(steps: StepChanges, { point, metadata }: PutCall): void {
  if (metadata.source !== 'loop') return
  for (const step of steps.inStatus('running'))
    if (point.namespace === '' || isStepOf(point.namespace, step)) steps.succeed(step, null)
}

/** A subgraph that ends is a step of the graph around it, which goes on. */
function rest(steps: StepChanges, { run, point, by }: PutCall, next: readonly string[]): void {
  if (point.namespace !== '') return
  if (next.length > 0) {
    const reason = 'its program has changed its state, and has not gone on with it yet'
    return steps.add({ type: 'runPaused', by, reason })
  }
  for (const step of steps.inStatus('pending', 'running', 'waiting', 'failed', 'cancelled'))
    steps.skip(step, 'The graph ended without it.')
  if (run.status !== 'completed' || steps.bodies.some(({ type }) => type === 'runResumed'))
    steps.add({ type: 'runCompleted' })
}

/** What tasks have written for the checkpoint before is in the values now, and so are subgraphs that have ended. */
function stateAfter(run: Run, point: Point): Run['variables'] {
  const { namespace } = point
  const kept = Object.entries(run.variables).filter(([name, value]) => {
    if (isPendingName(name)) return !isTakenOver(value, point)
    const other = namespaceOf(name)
    if (other === null) return namespace !== ''
    return other !== namespace && !isInside(other, namespace)
  })
  return { ...Object.fromEntries(kept), ...variablesOf(point) }
}

function isTakenOver(value: Json, { namespace, facts }: Point): boolean {
  const task = TaskWrites.safeParse(value).data
  if (task === undefined || (task.namespace === namespace && task.checkpoint === facts.id))
    return false
  return task.namespace === namespace || isInside(task.namespace, namespace)
}

function isInside(inner: string, outer: string): boolean {
  return outer === '' ? inner !== '' : inner.startsWith(`${outer}|`)
}

function checkpointRecord(
  { run, point, metadata }: PutCall,
  steps: StepChanges,
): RecordOf<'checkpoint'> {
  const before = run.checkpoints.findLast(({ id }) => id === point.facts.parent) ?? null
  const all = steps.inStatus(
    'pending',
    'running',
    'waiting',
    'succeeded',
    'failed',
    'skipped',
    'cancelled',
  )
  const done = steps.inStatus('succeeded', 'skipped').length
  const share = all.length === 0 ? 0 : done / all.length
  const last = ledBy(run, point)
  return {
    type: 'checkpoint',
    id: CheckpointId.parse(point.facts.record),
    parent: before?.id ?? null,
    name: nameOf(point.namespace, metadata, last),
    trigger: metadata.source === 'input' ? 'start' : metadata.source === 'loop' ? 'step' : 'manual',
    step: last,
    // A thread that is gone on with does not fall back.
    progress: Math.max(share, before?.progress ?? 0),
  }
}

/** The step that led to it, where that was one alone. */
function ledBy(run: Run, { namespace, facts }: Point): StepId | null {
  const steps = facts.parent === null ? new Set() : stepsBehind(run, namespace, facts.parent)
  const [first] = steps
  return first === undefined || steps.size > 1 ? null : StepId.parse(first)
}

/** Steps that have written for a checkpoint. */
function stepsBehind(run: Run, namespace: string, checkpoint: string): ReadonlySet<string> {
  const found = Object.entries(run.variables).flatMap(([name, value]) => {
    const task = isPendingName(name) ? TaskWrites.safeParse(value).data : undefined
    const isOwn = task?.namespace === namespace && task.checkpoint === checkpoint
    return isOwn && task.step !== null ? [task.step] : []
  })
  return new Set(found)
}

function nameOf(
  namespace: string,
  { source, step }: CheckpointMetadata,
  by: string | null,
): string {
  const where = namespace === '' ? '' : `${nodesOf(namespace).join(' › ')} › `
  const what = source === 'loop' ? `step ${step}${by === null ? '' : `: ${by}`}` : source
  return `${where}${what}`.slice(0, 200)
}

/** [B34] The id by which the graph knows it, as far as that is free. */
export function recordId(run: { readonly checkpoints: Run['checkpoints'] }, id: string): string {
  const known = id.slice(0, 150) || 'checkpoint'
  const used = new Set<string>(run.checkpoints.map((one) => one.id))
  if (!used.has(known)) return known
  for (let number = 2; ; number += 1)
    if (!used.has(`${known}~${number}`)) return `${known}~${number}`
}
