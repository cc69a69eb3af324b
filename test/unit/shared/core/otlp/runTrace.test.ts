import { createHash } from 'node:crypto'
import { ROOT_CONTEXT, SpanStatusCode, trace } from '@opentelemetry/api'
import { JsonTraceSerializer } from '@opentelemetry/otlp-transformer'
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base'
import { describe, expect, test } from 'vitest'
import type { OtlpAttribute, OtlpSpan } from '../../../../../shared/core/otlp/otlp.ts'
import { runTrace, type TraceSource } from '../../../../../shared/core/otlp/runTrace.ts'
import { RecordBody, type JournalRecord } from '../../../../../shared/schema/journal.ts'
import { Run } from '../../../../../shared/schema/run.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const facts = { version: '0.1.0', sha256 }
const at = (second: number) => new Date(Date.UTC(2026, 2, 1) + second * 1000).toISOString()
const unix = (second: number) => `${Date.UTC(2026, 2, 1) + second * 1000}000000`

const failure = { name: 'Timeout', message: 'no answer', code: 'E1', stack: 'at bank.ts:4' }
const attempt = (number: number, from: number, to: number | null, error: unknown = null) => ({
  number,
  startedAt: at(from),
  finishedAt: to === null ? null : at(to),
  outcome: to === null ? null : error === null ? 'succeeded' : 'failed',
  error,
  exitCode: error === null ? null : 124,
  process: null,
})
const step = (status: string, attempts: readonly unknown[], more = {}) => ({
  status,
  attempts,
  output: null,
  waitingOn: null,
  skippedBy: null,
  ...more,
})

const plain = {
  id: 'pay-1',
  kind: 'workflow',
  workflow: { name: 'pay', version: '2', source: null, digest: null, definition: null },
  status: 'running',
  createdAt: at(0),
  startedAt: at(1),
  updatedAt: at(60),
  finishedAt: null,
  place: { user: 'ada', host: 'box', folder: null, environment: [] },
  error: null,
  inputs: { order: 'A-1', amount: 12.5, lines: ['a', 'b'], deep: { a: [1] }, none: null },
  variables: { count: 3, isNew: true },
  steps: {
    charge: step('failed', [attempt(1, 2, 5, failure), attempt(2, 10, 12, failure)]),
    send: step('running', [attempt(1, 13, null)]),
    each: step('succeeded', []),
    'each[0]': step('succeeded', [attempt(1, 20, 22)], { item: { n: 1 } }),
    later: step('pending', []),
    left: step('skipped', [], { skippedBy: 'condition' }),
  },
  checkpoints: [],
  decisions: [],
  lineage: null,
  annotations: { colour: null, note: null, pinned: false, tags: ['night'] },
  journal: { seq: 0, sum: '' },
}

const bodies = [
  [3, { type: 'stepStarted', step: 'charge', attempt: 1, process: null }],
  [5, { type: 'retryScheduled', step: 'charge', attempt: 2, until: at(10) }],
  [19, { type: 'stepWaiting', step: 'each', waitingOn: { kind: 'items', total: 1 } }],
  [23, { type: 'stepSucceeded', step: 'each', attempt: 1, output: null, exitCode: null }],
  [24, { type: 'stepSkipped', step: 'left', by: 'condition', reason: null }],
  [
    30,
    {
      type: 'checkpoint',
      id: 'cp-1',
      parent: null,
      name: 'after each',
      trigger: 'step',
      step: 'each',
      progress: 0.5,
    },
  ],
  [40, { type: 'runPaused', by: 'ada', reason: 'lunch' }],
] as const

function recordsOf(list: readonly (readonly [number, unknown])[]): readonly JournalRecord[] {
  return list.map(([second, body], index) => ({
    kind: 'known',
    record: {
      seq: index + 1,
      at: at(second),
      epoch: 1,
      prev: '',
      sum: '',
      ...RecordBody.parse(body),
    },
  }))
}

function sourceOf(change: object = {}, more: Partial<TraceSource> = {}): TraceSource {
  const run = Run.parse({ ...plain, ...change })
  return {
    run,
    records: recordsOf(bodies),
    root: run.id,
    parentStep: null,
    forkRoot: null,
    ...more,
  }
}

function spansOf(source: TraceSource): readonly OtlpSpan[] {
  return runTrace(source, facts).scopeSpans.flatMap(({ spans }) => spans)
}

function attributesOf(attributes: readonly OtlpAttribute[]) {
  return Object.fromEntries(
    attributes.map(({ key, value }) => [key, Object.values(value)[0] as unknown]),
  )
}

function span(name: string, source: TraceSource = sourceOf()): OtlpSpan {
  const found = spansOf(source).find((one) => one.name === name)
  if (found === undefined) throw new Error(`no span ${name}`)
  return found
}

test('[F342] a run is a trace: the run its root, steps below it, attempts and items below their step', () => {
  const spans = spansOf(sourceOf())
  const names = new Map(spans.map(({ spanId, name }) => [spanId, name]))
  expect(
    spans.map(({ name, parentSpanId }) => [name, parentSpanId && names.get(parentSpanId)]),
  ).toEqual([
    ['pay', undefined],
    ['charge', 'pay'],
    ['charge attempt 1', 'charge'],
    ['charge attempt 2', 'charge'],
    ['send', 'pay'],
    ['send attempt 1', 'send'],
    ['each', 'pay'],
    ['each[0]', 'each'],
    ['each[0] attempt 1', 'each[0]'],
    ['left', 'pay'],
  ])
  expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(1)
  expect(names.size).toBe(spans.length)
})

test('[F343] ids are made of the run and the step: the same in every export, in hex of their length', () => {
  const [root] = spansOf(sourceOf())
  expect(root).toMatchObject({
    traceId: sha256('["trace","pay-1"]').slice(0, 32),
    spanId: sha256('["span","pay-1",""]').slice(0, 16),
  })
  expect(spansOf(sourceOf())).toEqual(spansOf(sourceOf()))
  for (const { traceId, spanId, parentSpanId = spanId } of spansOf(sourceOf()))
    expect(`${traceId} ${spanId} ${parentSpanId}`).toMatch(/^[\da-f]{32} [\da-f]{16} [\da-f]{16}$/)
})

test('[F344] a run that a step began is a span below that step, in the same trace; a fork is linked to its origin', () => {
  const child = sourceOf(
    { id: 'child-1', lineage: { parent: 'pay-1', checkpoint: null, relation: 'child' } },
    { root: 'pay-1', parentStep: 'send' },
  )
  const top = span('pay')
  expect(span('pay', child)).toMatchObject({
    traceId: top.traceId,
    parentSpanId: span('send').spanId,
    links: [],
  })
  const fork = sourceOf(
    { id: 'pay-2', lineage: { parent: 'pay-1', checkpoint: 'cp-1', relation: 'fork' } },
    { forkRoot: 'pay-1' },
  )
  const [forked] = spansOf(fork)
  expect(forked?.parentSpanId).toBeUndefined()
  expect(forked?.traceId).not.toBe(top.traceId)
  expect(
    forked?.links.map(({ traceId, spanId, attributes }) => ({
      traceId,
      spanId,
      ...attributesOf(attributes),
    })),
  ).toEqual([
    {
      traceId: top.traceId,
      spanId: top.spanId,
      'unstuck.relation': 'fork',
      'unstuck.run.id': 'pay-1',
      'unstuck.checkpoint.id': 'cp-1',
    },
  ])
})

test('[F345] waits, retries, checkpoints and what people did are events of their span, errors are exceptions', () => {
  expect(span('charge').events.map(({ name, timeUnixNano }) => [name, timeUnixNano])).toEqual([
    ['unstuck.step.retry_scheduled', unix(5)],
  ])
  expect(span('pay').events.map(({ name }) => name)).toEqual([
    'unstuck.checkpoint',
    'unstuck.run.paused',
  ])
  expect(
    span('each').events.map(({ name, attributes }) => [name, attributesOf(attributes)]),
  ).toEqual([['unstuck.step.waiting', { 'unstuck.waiting.on': 'items' }]])
  expect(
    span('charge attempt 2').events.map(({ name, attributes }) => [name, attributesOf(attributes)]),
  ).toEqual([
    [
      'exception',
      {
        'exception.type': 'Timeout',
        'exception.message': 'no answer',
        'exception.stacktrace': 'at bank.ts:4',
        'unstuck.error.code': 'E1',
      },
    ],
  ])
})

test('[F346] failed is an error with its message, success is ok, anything else is unset', () => {
  expect(span('charge').status).toEqual({ code: 2, message: 'no answer' })
  expect(span('each[0]').status).toEqual({ code: 1 })
  expect(span('left').status).toEqual({ code: 0 })
  expect(span('pay', sourceOf({ status: 'cancelled' })).status).toEqual({ code: 0 })
})

describe('times', () => {
  test('[F347] what has not ended is closed at the last record and says so; no span ends before it begins', () => {
    const open = span('send attempt 1')
    expect([open.startTimeUnixNano, open.endTimeUnixNano]).toEqual([unix(13), unix(60)])
    expect(attributesOf(open.attributes)).toMatchObject({ 'unstuck.unfinished': true })
    expect(attributesOf(span('charge').attributes)).not.toHaveProperty('unstuck.unfinished')

    const back = span(
      'charge attempt 1',
      sourceOf({
        steps: { charge: step('failed', [attempt(1, 50, 20, failure)]) },
      }),
    )
    expect([back.startTimeUnixNano, back.endTimeUnixNano]).toEqual([unix(50), unix(50)])
    expect(attributesOf(back.attributes)).toMatchObject({ 'unstuck.clock_went_back': true })
  })

  test('[F347] a step lasts from the first to the last that is said of it', () => {
    const { startTimeUnixNano, endTimeUnixNano } = span('each')
    expect([startTimeUnixNano, endTimeUnixNano]).toEqual([unix(19), unix(23)])
  })
})

test('[F348] values keep their kind: 64-bit numbers are texts, deeper values the text of their JSON', () => {
  const root = span('pay')
  const kinds = Object.fromEntries(root.attributes.map(({ key, value }) => [key, value]))
  expect(kinds).toMatchObject({
    'unstuck.input.order': { stringValue: 'A-1' },
    'unstuck.input.amount': { doubleValue: 12.5 },
    'unstuck.input.lines': { arrayValue: { values: [{ stringValue: 'a' }, { stringValue: 'b' }] } },
    'unstuck.input.deep': { stringValue: '{"a":[1]}' },
    'unstuck.variable.count': { intValue: '3' },
    'unstuck.variable.isNew': { boolValue: true },
    'unstuck.run.tags': { arrayValue: { values: [{ stringValue: 'night' }] } },
  })
  expect(kinds).not.toHaveProperty('unstuck.input.none')
})

test('[F349] long texts, many attributes and many events are cut, and what was left out is counted', () => {
  const inputs = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`i${index}`, index]))
  const many = Array.from({ length: 1200 }, () => bodies[6])
  const root = span(
    'pay',
    sourceOf({ inputs: { long: 'x'.repeat(9000), ...inputs } }, { records: recordsOf(many) }),
  )
  expect([root.attributes.length, root.events.length, root.droppedEventsCount]).toEqual([
    128, 1000, 200,
  ])
  expect(root.droppedAttributesCount).toBeGreaterThan(70)
  expect(String(attributesOf(root.attributes)['unstuck.input.long'])).toHaveLength(4096)
})

test('[F348] OpenTelemetry’s own serializer writes the same spans field by field', () => {
  const source = sourceOf({
    lineage: { parent: 'pay-0', checkpoint: 'cp-9', relation: 'fork' },
    status: 'failed',
    error: failure,
  })
  const ours = spansOf(source)
  const theirs = new Map(writtenBySdk(ours).map((one) => [one.spanId, one]))
  expect(theirs.size).toBe(ours.length)
  for (const one of ours) {
    const { status, ...rest } = one
    expect(theirs.get(one.spanId)).toEqual({ ...rest, status: { ...status } })
  }
})

const time = (text: string): [number, number] => [Number(text.slice(0, -9)), Number(text.slice(-9))]

const codes = [SpanStatusCode.UNSET, SpanStatusCode.OK, SpanStatusCode.ERROR] as const

/** The spans as the SDK makes and writes them, from nothing but their names, times and plain values. */
function writtenBySdk(spans: readonly OtlpSpan[]): readonly OtlpSpan[] {
  const exporter = new InMemorySpanExporter()
  let next = { traceId: '', spanId: '' }
  const provider = new BasicTracerProvider({
    idGenerator: { generateTraceId: () => next.traceId, generateSpanId: () => next.spanId },
    spanProcessors: [new SimpleSpanProcessor(exporter)],
  })
  const tracer = provider.getTracer('unstuck', '0.1.0')
  for (const one of spans) {
    next = one
    const { traceId, parentSpanId } = one
    const above =
      parentSpanId === undefined
        ? ROOT_CONTEXT
        : trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId: parentSpanId, traceFlags: 1 })
    const made = tracer.startSpan(
      one.name,
      {
        startTime: time(one.startTimeUnixNano),
        attributes: plainValues(one.attributes),
        links: one.links.map((link) => ({
          context: { traceId: link.traceId, spanId: link.spanId, traceFlags: 1 },
          attributes: plainValues(link.attributes),
        })),
      },
      above,
    )
    for (const event of one.events)
      made.addEvent(event.name, plainValues(event.attributes), time(event.timeUnixNano))
    const { code, ...more } = one.status
    made.setStatus({ code: codes[code], ...more })
    made.end(time(one.endTimeUnixNano))
  }
  const bytes = JsonTraceSerializer.serializeRequest(exporter.getFinishedSpans())
  // The proto's JSON has 64-bit numbers as texts and takes either; the SDK writes numbers.
  const text = new TextDecoder().decode(bytes).replace(/"intValue":(-?\d+)/g, '"intValue":"$1"')
  const { resourceSpans } = JSON.parse(text) as {
    resourceSpans: { scopeSpans: { spans: OtlpSpan[] }[] }[]
  }
  return resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans))
}

function plainValues(attributes: readonly OtlpAttribute[]) {
  return Object.fromEntries(
    attributes.map(({ key, value }) => {
      if ('intValue' in value) return [key, Number(value.intValue)]
      if ('arrayValue' in value)
        return [
          key,
          value.arrayValue.values.map((one) => ('stringValue' in one ? one.stringValue : '')),
        ]
      return [key, Object.values(value)[0] as string | number | boolean]
    }),
  )
}
