import type { Json } from '../../schema/json.ts'
import type { RunError } from '../../schema/run.ts'
import {
  attributesOf,
  mostEvents,
  mostOfAKind,
  nanos,
  sampledFlags,
  type OtlpLink,
  type OtlpSpan,
  type OtlpStatus,
} from './otlp.ts'

export type SpanEvent = {
  readonly at: string
  readonly name: string
  readonly attributes: { readonly [key: string]: Json | undefined }
}

export type SpanParts = {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId: string | null
  readonly name: string
  readonly startMs: number
  /** Null: it has not ended. */
  readonly endMs: number | null
  /** The last that is known of the run: an open span is closed there. */
  readonly lastMs: number
  readonly attributes: { readonly [key: string]: Json | undefined }
  readonly events: readonly SpanEvent[]
  readonly links?: readonly OtlpLink[]
  readonly status: OtlpStatus
}

/** [F347] Ends no earlier than it begins, and says where that or its end was made so. */
export function makeSpan(parts: SpanParts): OtlpSpan {
  const { traceId, spanId, parentSpanId, name, startMs, endMs, lastMs, links = [] } = parts
  const end = endMs ?? lastMs
  const attributes = attributesOf({
    ...parts.attributes,
    ...(endMs === null ? { 'unstuck.unfinished': true } : {}),
    ...(end < startMs ? { 'unstuck.clock_went_back': true } : {}),
  })
  return {
    traceId,
    spanId,
    ...(parentSpanId === null ? {} : { parentSpanId }),
    name,
    kind: 1,
    startTimeUnixNano: nanos(startMs),
    endTimeUnixNano: nanos(Math.max(startMs, end)),
    attributes: attributes.slice(0, mostOfAKind),
    droppedAttributesCount: Math.max(0, attributes.length - mostOfAKind),
    events: parts.events.slice(0, mostEvents).map((event) => ({
      timeUnixNano: nanos(Date.parse(event.at)),
      name: event.name,
      attributes: attributesOf(event.attributes),
      droppedAttributesCount: 0,
    })),
    droppedEventsCount: Math.max(0, parts.events.length - mostEvents),
    links,
    droppedLinksCount: 0,
    status: parts.status,
    flags: sampledFlags,
  }
}

/** As the semantic conventions of OpenTelemetry have an exception. */
export function exceptionOf(error: RunError, at: string): SpanEvent {
  return {
    at,
    name: 'exception',
    attributes: {
      'exception.type': error.name,
      'exception.message': error.message,
      'exception.stacktrace': error.stack,
      'unstuck.error.code': error.code,
    },
  }
}

/** [F346] Cancelled is no error, and not yet ended is nothing. */
export function statusOf(status: string, error: RunError | null): OtlpStatus {
  if (status === 'completed' || status === 'succeeded') return { code: 1 }
  if (status !== 'failed') return { code: 0 }
  return error === null ? { code: 2 } : { code: 2, message: error.message.slice(0, 1000) }
}
