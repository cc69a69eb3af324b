// The records of what a task has written: kept beside its checkpoint, and told as what became of its step.
import type { RecordBody } from '../../shared/schema/journal.ts'
import type { Json } from '../../shared/schema/json.ts'
import { ownValue } from '../../shared/schema/json.ts'
import type { Run, RunError, StepState } from '../../shared/schema/run.ts'
import { WRITES_IDX_MAP } from '@langchain/langgraph-checkpoint'
import { pendingName, readTaskPath, stepOf } from './names.ts'
import { sentNode } from './nextNodes.ts'
import type { Point, TaskWrites } from './point.ts'
import { createStepChanges, type StepChanges } from './stepChanges.ts'

export type Write = { readonly channel: string; readonly value: Json }

export type WritesCall = {
  readonly run: Run
  readonly namespace: string
  readonly checkpoint: string
  readonly task: string
  readonly path: string
  /** Null where the checkpoint is not there. */
  readonly point: Point | null
  readonly writes: readonly Write[]
  readonly at: string
  readonly by: string
}

export function writesRecords(call: WritesCall): readonly RecordBody[] {
  const steps = createStepChanges(call.run)
  const step = stepOfTask(call)
  const value = merged(call, step)
  const name = pendingName(call)
  steps.add({ type: 'variablesChanged', set: [{ name, value }], removed: [], by: call.by })
  tell(steps, call, step)
  return steps.bodies
}

/** What LangGraph keeps of a second call: a special write replaces the one before, another one never does. */
function merged({ point, ...call }: WritesCall, step: string | null): Json {
  const { namespace, checkpoint, task, path } = call
  const before = point?.writes.get(task)
  const all = new Map(before?.writes.map((write) => [write.index, write]))
  for (const [place, { channel, value }] of call.writes.entries()) {
    const index = WRITES_IDX_MAP[channel] ?? place
    if (index < 0 || !all.has(index)) all.set(index, { index, channel, value })
  }
  const writes = [...all.values()].map(({ index, channel, value }) => ({ index, channel, value }))
  return { namespace, checkpoint, task, path, step, writes } satisfies TaskWrites
}

function stepOfTask({ namespace, path, point }: WritesCall): string | null {
  const found = readTaskPath(path)
  if (found.kind === 'node') return stepOf(namespace, found.node)
  if (found.kind === 'call') return stepOf(namespace, `${found.node}-call`, found.index)
  if (found.kind === 'none') return null
  const node = sentNode(point?.channels[sends], found.index)
  return stepOf(namespace, node ?? 'send', found.index)
}

function tell(steps: StepChanges, call: WritesCall, step: string | null): void {
  const { writes, run, by } = call
  const written = new Map(writes.map(({ channel, value }) => [channel, value]))
  const asked = written.get(interrupt)
  const failed = written.get(error)
  const isAnswer = written.has(resume) && asked === undefined && failed === undefined
  if (isAnswer && (step === null || written.size === 1)) return answer(steps)
  if (step === null) return
  if (isWoken(run, step)) steps.resume(by)
  if (asked !== undefined) steps.wait(step, { since: call.at, message: questionOf(asked) })
  else if (failed !== undefined) fail(steps, call, { step, error: errorOf(failed) })
  else steps.succeed(step, outputOf(writes))
}

/** What waited runs again, with the answer. */
function answer(steps: StepChanges): void {
  for (const step of steps.inStatus('waiting')) steps.begin(step)
}

/** What ran beside the step that failed may end behind it; that step itself writes again only when it is tried again. */
function isWoken({ status, steps }: Run, step: string): boolean {
  if (status === 'running' || status === 'waiting') return false
  return status !== 'failed' || ownValue<StepState>(steps, step)?.status === 'failed'
}

/** A node of a subgraph that fails makes the node fail that the subgraph is. */
function fail(
  steps: StepChanges,
  { namespace }: WritesCall,
  failure: { readonly step: string; readonly error: RunError },
): void {
  steps.fail(failure.step, failure.error)
  if (namespace !== '') return
  for (const step of steps.inStatus('running', 'waiting'))
    steps.cancel(step, `The graph stopped because ${failure.step} failed.`)
  steps.add({ type: 'runFailed', error: failure.error })
}

function errorOf(kept: Json): RunError {
  const { name, message } = memberTexts(kept)
  return {
    name: name ?? 'Error',
    message: message ?? JSON.stringify(kept).slice(0, mostText),
    code: null,
    stack: null,
  }
}

function memberTexts(kept: Json): {
  readonly name: string | null
  readonly message: string | null
} {
  const isObject = typeof kept === 'object' && kept !== null && !Array.isArray(kept)
  const text = (key: string): string | null => {
    const value: Json | undefined = isObject ? (kept as { [key: string]: Json })[key] : undefined // looked at above
    return typeof value === 'string' ? value : null
  }
  return { name: text('name'), message: text('message') }
}

/** What a person is asked, as the node gave it. */
function questionOf(kept: Json): string {
  const [first] = Array.isArray(kept) ? kept : [kept]
  const isObject = typeof first === 'object' && first !== null && 'value' in first
  const value: unknown = isObject ? first.value : first
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return (text ?? '').slice(0, mostText)
}

function outputOf(writes: readonly Write[]): Json {
  const output = Object.fromEntries(
    writes
      .filter(({ channel }) => !channel.startsWith('__') && !channel.startsWith('branch:to:'))
      .map(({ channel, value }) => [channel, value]),
  )
  const bytes = Buffer.byteLength(JSON.stringify(output))
  if (bytes <= mostOutput) return output
  return { wrote: Object.keys(output), bytes }
}

const interrupt = '__interrupt__'
const error = '__error__'
const resume = '__resume__'
const sends = '__pregel_tasks'
const mostText = 2000
/** Larger ones stand in the state alone, not once more as the output of their step. */
const mostOutput = 16 * 1024
