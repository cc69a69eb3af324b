// The records of one checkpoint of a graph: the state that changed, the steps that ended, the checkpoint, the steps that begin.
import type { Checkpoint, CheckpointMetadata } from '@langchain/langgraph-checkpoint'
import { CheckpointId, StepId } from '../../shared/schema/ids.ts'
import type { RecordBody, RecordOf } from '../../shared/schema/journal.ts'
import type { Run } from '../../shared/schema/run.ts'
import { changeRecords } from '../library/sessionRun.ts'
import { checkpointName, isPendingName, isStepOf, namespaceOf, nodesOf } from './names.ts'
import { nextSteps } from './nextNodes.ts'
import { Subgraph, TaskWrites, type Point, type PointFacts } from './point.ts'
import { createStepChanges, type StepChanges } from './stepChanges.ts'
import { tasksIn, variablesOf } from './thread.ts'

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
  const next = nextSteps(point.namespace, checkpoint)
  const isLed = metadata.source === 'input' || (metadata.source === 'loop' && next.length > 0)
  const isLate = hasStopped(run, point.facts.id)
  const steps = createStepChanges(run)

  if (!isLate) wake(steps, call, { isOver: !isLed && next.length === 0 })
  for (const body of changeRecords(run.variables, stateAfter(run, point), by))
    steps.add(body.type === 'variablesChanged' ? behindChannels(body) : body)
  endOpenSteps(steps, call)
  steps.add(checkpointRecord(call, { steps, next }))
  if (isLate) return steps.bodies
  const done = stepsBehind(run, point.namespace, point.facts.id)
  if (isLed) for (const step of next) if (!done.has(step)) steps.begin(step)
  if (!isLed) rest(steps, call, next)
  return steps.bodies
}

/**
 * A graph hands on a checkpoint behind others, so that tasks may have written for it, or for a later one, before it is here:
 * whether one of them has failed or asks, which the checkpoint says nothing of. Ids are in the order of time.
 */
function hasStopped(run: Run, checkpoint: string): boolean {
  return tasksIn(run.variables).some(
    (task) =>
      task.checkpoint >= checkpoint &&
      task.writes.some(({ channel }) => channel === '__error__' || channel === '__interrupt__'),
  )
}

/** What waited goes on without its answer, and what ran before the program changed the state is given up. */
function wake(
  steps: StepChanges,
  { run, point, metadata, by }: PutCall,
  { isOver }: { readonly isOver: boolean },
): void {
  if (run.status === 'completed' && isOver) return
  if (run.status !== 'running' && run.status !== 'waiting') steps.resume(by)
  // A subgraph that begins is a step of the graph around it, which goes on beside it.
  if (metadata.source === 'loop' || point.namespace !== '') return
  for (const step of steps.inStatus('waiting', 'running'))
    steps.cancel(step, 'The thread went on without it.')
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
  for (const step of steps.inStatus(...unfinished)) steps.skip(step, 'The graph ended without it.')
  if (run.status !== 'completed' || steps.bodies.some(({ type }) => type === 'runResumed'))
    steps.add({ type: 'runCompleted' })
}

/** What is for the graph alone stands behind what a person looks for. */
function behindChannels(body: RecordOf<'variablesChanged'>): RecordBody {
  const own = body.set.filter(({ name }) => name === checkpointName)
  const others = body.set.filter(({ name }) => name !== checkpointName)
  const removed = [...body.removed, ...own.map(({ name }) => name)]
  return { ...body, set: [...others, ...own], removed }
}

/**
 * What tasks have written for checkpoints before is in the values now, and so are subgraphs that have ended. What came later
 * than this checkpoint stays, though it is here already.
 */
function stateAfter(run: Run, point: Point): Run['variables'] {
  const kept = Object.entries(run.variables).filter(([name, value]) => {
    if (isPendingName(name)) return !isTakenOver(TaskWrites.safeParse(value).data, point)
    const other = namespaceOf(name)
    if (other === null) return point.namespace !== ''
    const checkpoint = Subgraph.safeParse(value).data?.checkpoint.id
    return !isTakenOver({ namespace: other, checkpoint: checkpoint ?? '' }, point)
  })
  return { ...Object.fromEntries(kept), ...variablesOf(point) }
}

function isTakenOver(
  of: { readonly namespace: string; readonly checkpoint: string } | undefined,
  { namespace, facts }: Point,
): boolean {
  if (of === undefined || of.checkpoint >= facts.id) return false
  return of.namespace === namespace || isInside(of.namespace, namespace)
}

function isInside(inner: string, outer: string): boolean {
  return outer === '' ? inner !== '' : inner.startsWith(`${outer}|`)
}

function checkpointRecord(
  { run, point, metadata }: PutCall,
  { steps, next }: { readonly steps: StepChanges; readonly next: readonly string[] },
): RecordOf<'checkpoint'> {
  const before = run.checkpoints.findLast(({ id }) => id === point.facts.parent) ?? null
  const done = steps.inStatus('succeeded', 'skipped').length
  const open = next.length + steps.inStatus('running', 'waiting').length
  const last = ledBy(run, point)
  return {
    type: 'checkpoint',
    id: CheckpointId.parse(point.facts.record ?? point.facts.id),
    parent: before?.id ?? null,
    name: nameOf(point.namespace, metadata, last),
    trigger: metadata.source === 'input' ? 'start' : metadata.source === 'loop' ? 'step' : 'manual',
    step: last,
    // A thread that is gone on with does not fall back.
    progress: Math.max(done === 0 ? 0 : done / (done + open), before?.progress ?? 0),
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
  const found = tasksIn(run.variables).flatMap((task) =>
    task.namespace === namespace && task.checkpoint === checkpoint && task.step !== null
      ? [task.step]
      : [],
  )
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

/** [B34] By which id the screens know it, where the one that the graph gave is taken, or too long. */
export function recordId(
  run: { readonly checkpoints: Run['checkpoints'] },
  id: string,
): Pick<PointFacts, 'record'> {
  const used = new Set<string>(run.checkpoints.map((one) => one.id))
  if (!used.has(id) && id !== '' && id.length <= mostId) return {}
  const start = id.slice(0, mostId) || 'checkpoint'
  for (let number = 2; ; number += 1) {
    const record = `${start}~${number}`
    if (!used.has(record)) return { record }
  }
}

const mostId = 150

const unfinished = ['pending', 'running', 'waiting', 'failed', 'cancelled'] as const
