// The checkpoints of a thread, as the records of its run tell them.
import { isDeepStrictEqual } from 'node:util'
import type { JournalReading } from '../../shared/schema/journalReading.ts'
import type { JournalRecord } from '../../shared/schema/journal.ts'
import type { Json } from '../../shared/schema/json.ts'
import type { Run } from '../../shared/schema/run.ts'
import { transition } from '../../shared/core/run/transition.ts'
import {
  channelOf,
  checkpointName,
  isPendingName,
  namespaceOf,
  subgraphName,
  variableOf,
} from './names.ts'
import { PointFacts, Subgraph, TaskWrites, type Channels, type Point } from './point.ts'

/** By namespace, then by the checkpoint's id, in the order in which they were made. */
export type Thread = Map<string, Map<string, Point>>

/** [B33] [B34] Every checkpoint that the records still tell, with what was written and edited since it was made. */
export function threadOf(run: Run | null, journal: JournalReading | null): Thread {
  const thread: Thread = new Map()
  let now: Run | null = null
  for (const item of journal?.records ?? []) {
    const before: Run | null = now
    now = transition(now, item)
    if (now === null) continue
    if (before === null) takeState(thread, now.variables)
    else take(thread, item, { before: before.variables, after: now.variables })
  }
  // The head alone is left: it has the newest of each.
  if (now === null && run !== null) takeState(thread, run.variables)
  return thread
}

/** Takes up what a call has just recorded: the state before and after, and the namespace of a checkpoint that it made. */
export function addRecorded(
  thread: Thread,
  variables: Changed,
  made: { readonly namespace: string } | null,
): void {
  takeWrites(thread, variables)
  if (made !== null) takePoint(thread, made.namespace, variables.after)
}

type Variables = Run['variables']
type Changed = { readonly before: Variables; readonly after: Variables }

function take(thread: Thread, { kind, record }: JournalRecord, changed: Changed): void {
  if (kind !== 'known') return
  switch (record.type) {
    case 'variableSet':
    case 'variablesChanged':
      return takeWrites(thread, changed)
    case 'checkpoint':
      return takeRecorded(thread, record.id, changed.after)
    case 'edited':
    case 'repaired':
    case 'keyframe':
      takeWrites(thread, changed)
      dropWrites(thread, changed)
      return takeEdits(thread, changed)
    default:
      return undefined
  }
}

/** What a state alone tells: the newest checkpoint of each namespace. */
function takeState(thread: Thread, variables: Variables): void {
  for (const name of Object.keys(variables)) {
    if (name === checkpointName) takePoint(thread, '', variables)
    const namespace = namespaceOf(name)
    if (namespace !== null) takePoint(thread, namespace, variables)
  }
}

/** A checkpoint that a person made is none of the graph's. */
function takeRecorded(thread: Thread, record: string, variables: Variables): void {
  for (const name of Object.keys(variables)) {
    const namespace = name === checkpointName ? '' : namespaceOf(name)
    const facts = namespace === null ? null : factsIn(variables, namespace)
    if (namespace === null || facts === null || (facts.record ?? facts.id) !== record) continue
    takePoint(thread, namespace, variables)
  }
}

function takePoint(thread: Thread, namespace: string, variables: Variables): void {
  const facts = factsIn(variables, namespace)
  if (facts === null) return
  const points = thread.get(namespace) ?? new Map<string, Point>()
  thread.set(namespace, points)
  const early = new Map(
    tasksIn(variables)
      .filter((task) => task.namespace === namespace && task.checkpoint === facts.id)
      .map((task) => [task.task, task]),
  )
  const writes = points.get(facts.id)?.writes ?? early
  // Made again, it is the newest.
  points.delete(facts.id)
  points.set(facts.id, { namespace, facts, channels: channelsIn(variables, namespace), writes })
}

function takeWrites(thread: Thread, { before, after }: Changed): void {
  const changed = Object.entries(after).filter(([name, value]) => before[name] !== value)
  for (const task of tasksIn(Object.fromEntries(changed)))
    changeWrites(thread, task, (writes) => writes.set(task.task, task))
}

/** What a person took away; what a checkpoint has taken over stays with the one it was written for. */
function dropWrites(thread: Thread, { before, after }: Changed): void {
  const gone = Object.entries(before).filter(([name]) => !Object.hasOwn(after, name))
  for (const task of tasksIn(Object.fromEntries(gone)))
    changeWrites(thread, task, (writes) => writes.delete(task.task))
}

function changeWrites(
  thread: Thread,
  { namespace, checkpoint }: TaskWrites,
  change: (writes: Map<string, TaskWrites>) => unknown,
): void {
  const points = thread.get(namespace)
  const point = points?.get(checkpoint)
  if (points === undefined || point === undefined) return
  const writes = new Map(point.writes)
  change(writes)
  points.set(checkpoint, { ...point, writes })
}

/** [B36] What a person changed belongs to the newest checkpoint: it is what the graph goes on from. */
function takeEdits(thread: Thread, { before, after }: Changed): void {
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  for (const name of names) {
    if (isPendingName(name) || isDeepStrictEqual(before[name], after[name])) continue
    const namespace = namespaceOf(name) ?? ''
    const points = thread.get(namespace)
    const point = [...(points?.values() ?? [])].at(-1)
    if (points === undefined || point === undefined) continue
    points.set(point.facts.id, edited(point, name, after))
  }
}

function edited(point: Point, name: string, after: Variables): Point {
  if (point.namespace !== '' && !Object.hasOwn(after, name)) return point
  const channel = channelOf(name)
  if (point.namespace !== '' || channel === null) {
    const facts = factsIn(after, point.namespace) ?? point.facts
    if (facts.id !== point.facts.id) return point
    const channels = point.namespace === '' ? point.channels : channelsIn(after, point.namespace)
    return { ...point, facts, channels }
  }
  const { [channel]: _, ...others } = point.channels
  const value = after[name]
  return { ...point, channels: value === undefined ? others : { ...others, [channel]: value } }
}

/** What tasks have written that no checkpoint has taken over yet. */
export function tasksIn(variables: Variables): readonly TaskWrites[] {
  return Object.entries(variables).flatMap(([name, value]) => {
    const task = isPendingName(name) ? TaskWrites.safeParse(value).data : undefined
    return task === undefined ? [] : [task]
  })
}

function factsIn(variables: Variables, namespace: string): PointFacts | null {
  const value: Json | undefined =
    namespace === '' ? variables[checkpointName] : variables[subgraphName(namespace)]
  if (namespace === '') return PointFacts.safeParse(value).data ?? null
  return Subgraph.safeParse(value).data?.checkpoint ?? null
}

function channelsIn(variables: Variables, namespace: string): Channels {
  if (namespace !== '')
    return Subgraph.safeParse(variables[subgraphName(namespace)]).data?.channels ?? {}
  return Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]) => {
      const channel = channelOf(name)
      return channel === null ? [] : [[channel, value]]
    }),
  )
}

/** The variables in which a checkpoint stands. */
export function variablesOf({ namespace, facts, channels }: Point): Variables {
  if (namespace !== '')
    return { [subgraphName(namespace)]: { checkpoint: facts, channels } as Json } // facts were read as JSON
  const own = Object.entries(channels).map(([channel, value]) => [variableOf(channel), value])
  return { ...Object.fromEntries(own), [checkpointName]: facts as Json } // the same
}

/** The checkpoint with the greatest id, as LangGraph finds the newest. */
export function newestOf(thread: Thread, namespace: string): Point | null {
  return newestFirst(thread, namespace)[0] ?? null
}

/** By id, newest first, as LangGraph orders them. */
export function newestFirst(thread: Thread, namespace: string | null): readonly Point[] {
  const points = [...thread].flatMap(([name, found]) =>
    namespace === null || name === namespace ? [...found.values()] : [],
  )
  return points.toSorted((one, other) => (one.facts.id < other.facts.id ? 1 : -1))
}
