// A run as a trace of OpenTelemetry: the run is the root span, steps are its children, attempts and items are theirs.
import type { JournalRecord } from '../../schema/journal.ts'
import type { Json } from '../../schema/json.ts'
import type { Attempt, Run, StepState } from '../../schema/run.ts'
import { exceptionOf, makeSpan, statusOf } from './makeSpan.ts'
import { attributesOf, sampledFlags, type OtlpResourceSpans, type OtlpSpan } from './otlp.ts'
import { recordEvents, type RecordEvents } from './recordEvents.ts'
import { attemptPart, createSpanIds, type SpanIds } from './spanIds.ts'

export type TraceSource = {
  readonly run: Run
  /** Of its journal, as far as they can be read. */
  readonly records: readonly JournalRecord[]
  /** The topmost run that it belongs to by way of steps that began runs: itself, where none did. */
  readonly root: string
  /** The step of the parent that began it; null where that is not known. */
  readonly parentStep: string | null
  /** The topmost run of the one that it was forked of. */
  readonly forkRoot: string | null
}

export type TraceFacts = {
  readonly version: string
  readonly sha256: (text: string) => string
}

export function runTrace(source: TraceSource, { version, sha256 }: TraceFacts): OtlpResourceSpans {
  const { run } = source
  const { name, version: workflowVersion } = run.workflow
  const spans = spansOf(source, createSpanIds(sha256))
  const resource = attributesOf({
    'service.name': name,
    'service.version': workflowVersion,
    'host.name': run.place.host,
  })
  return {
    resource: { attributes: resource, droppedAttributesCount: 0 },
    scopeSpans: [{ scope: { name: 'unstuck', version }, spans }],
  }
}

type Trace = {
  readonly run: Run
  readonly ids: SpanIds
  readonly traceId: string
  readonly events: RecordEvents
  readonly lastMs: number
}

function spansOf(source: TraceSource, ids: SpanIds): readonly OtlpSpan[] {
  const { run, root } = source
  const events = recordEvents(source.records)
  const lastMs = Math.max(Date.parse(run.updatedAt), events.lastMs ?? 0)
  const trace = { run, ids, traceId: ids.trace(root), events, lastMs }
  const steps = Object.entries(run.steps).flatMap(([id, state]) => stepSpans(trace, id, state))
  return [runSpan(source, trace), ...steps]
}

function runSpan({ parentStep, forkRoot }: TraceSource, trace: Trace): OtlpSpan {
  const { run, ids, traceId, events, lastMs } = trace
  const { lineage, workflow, error } = run
  const ended = run.finishedAt
  const isChild = lineage?.relation === 'child'
  const failure = error === null ? [] : [exceptionOf(error, ended ?? run.updatedAt)]
  return makeSpan({
    traceId,
    spanId: ids.span(run.id, ''),
    parentSpanId: isChild ? ids.span(lineage.parent, parentStep ?? '') : null,
    name: workflow.name,
    startMs: Date.parse(run.startedAt ?? run.createdAt),
    endMs: ended === null ? null : Date.parse(ended),
    lastMs,
    attributes: runAttributes(run),
    events: [...events.ofRun, ...failure],
    links:
      lineage === null || isChild
        ? []
        : [
            {
              traceId: ids.trace(forkRoot ?? lineage.parent),
              spanId: ids.span(lineage.parent, ''),
              attributes: attributesOf({
                'unstuck.relation': lineage.relation,
                'unstuck.run.id': lineage.parent,
                'unstuck.checkpoint.id': lineage.checkpoint,
              }),
              droppedAttributesCount: 0,
              flags: sampledFlags,
            },
          ],
    status: statusOf(run.status, error),
  })
}

function runAttributes(run: Run): { readonly [key: string]: Json | undefined } {
  const { workflow, lineage, annotations } = run
  return {
    'unstuck.run.id': run.id,
    'unstuck.run.kind': run.kind,
    'unstuck.run.status': run.status,
    'unstuck.run.user': run.place.user,
    'unstuck.run.note': annotations.note,
    'unstuck.run.tags': annotations.tags.length === 0 ? undefined : annotations.tags,
    'unstuck.workflow.name': workflow.name,
    'unstuck.workflow.version': workflow.version,
    'unstuck.workflow.digest': workflow.digest,
    'unstuck.parent.run': lineage?.parent,
    'unstuck.parent.relation': lineage?.relation,
    ...named('unstuck.input', run.inputs),
    ...named('unstuck.variable', run.variables),
  }
}

function named(prefix: string, values: Readonly<Record<string, Json>>) {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [`${prefix}.${name}`, value]),
  )
}

/** A step that nothing happened to has no span. */
function stepSpans(trace: Trace, id: string, state: StepState): readonly OtlpSpan[] {
  const { run, ids, traceId, events, lastMs } = trace
  const begins = state.attempts.map(({ startedAt }) => Date.parse(startedAt))
  const told = events.times.get(id)
  if (begins.length === 0 && told === undefined) return []
  const [, item] = /^(.*)\[\d+\]$/.exec(id) ?? []
  const span = makeSpan({
    traceId,
    spanId: ids.span(run.id, id),
    parentSpanId: ids.span(
      run.id,
      item !== undefined && Object.hasOwn(run.steps, item) ? item : '',
    ),
    name: id,
    startMs: Math.min(...begins, ...(told === undefined ? [] : [told.firstMs])),
    endMs: isOver(state) ? endOf(state, told?.lastMs) : null,
    lastMs,
    attributes: {
      'unstuck.run.id': run.id,
      'unstuck.step.id': id,
      'unstuck.step.status': state.status,
      'unstuck.step.attempts': state.attempts.length,
      'unstuck.step.skipped_by': state.skippedBy,
      'unstuck.step.output': state.output,
      'unstuck.step.item': state.item,
    },
    events: events.ofSteps.get(id) ?? [],
    status: statusOf(state.status, state.attempts.at(-1)?.error ?? null),
  })
  return [span, ...state.attempts.map((attempt) => attemptSpan(trace, id, attempt))]
}

function isOver({ status }: StepState): boolean {
  return ['succeeded', 'failed', 'skipped', 'cancelled'].includes(status)
}

function endOf({ attempts }: StepState, toldMs: number | undefined): number | null {
  const ends = attempts.flatMap(({ finishedAt }) =>
    finishedAt === null ? [] : [Date.parse(finishedAt)],
  )
  if (toldMs !== undefined) ends.push(toldMs)
  return ends.length === 0 ? null : Math.max(...ends)
}

function attemptSpan(trace: Trace, step: string, attempt: Attempt): OtlpSpan {
  const { run, ids, traceId, lastMs } = trace
  const { number, startedAt, finishedAt, outcome, error } = attempt
  return makeSpan({
    traceId,
    spanId: ids.span(run.id, attemptPart(step, number)),
    parentSpanId: ids.span(run.id, step),
    name: `${step} attempt ${number}`,
    startMs: Date.parse(startedAt),
    endMs: finishedAt === null ? null : Date.parse(finishedAt),
    lastMs,
    attributes: {
      'unstuck.run.id': run.id,
      'unstuck.step.id': step,
      'unstuck.attempt.number': number,
      'unstuck.attempt.outcome': outcome,
      'process.exit.code': attempt.exitCode,
      'process.pid': attempt.process?.pid,
    },
    events: error === null ? [] : [exceptionOf(error, finishedAt ?? startedAt)],
    status: statusOf(outcome ?? 'running', error),
  })
}
