// Traces of OpenTelemetry as its JSON has them: ids in hex, times and other 64-bit numbers as texts, enumerations as numbers.
import type { Json } from '../../schema/json.ts'

/** `kind`: internal, which all of a workflow is. */
export type OtlpSpan = {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly name: string
  readonly kind: 1
  readonly startTimeUnixNano: string
  readonly endTimeUnixNano: string
  readonly attributes: readonly OtlpAttribute[]
  readonly droppedAttributesCount: number
  readonly events: readonly OtlpEvent[]
  readonly droppedEventsCount: number
  readonly links: readonly OtlpLink[]
  readonly droppedLinksCount: number
  readonly status: OtlpStatus
  /** Sampled, and known to be of this process. */
  readonly flags: number
}

export type OtlpEvent = {
  readonly timeUnixNano: string
  readonly name: string
  readonly attributes: readonly OtlpAttribute[]
  readonly droppedAttributesCount: number
}

export type OtlpLink = {
  readonly traceId: string
  readonly spanId: string
  readonly attributes: readonly OtlpAttribute[]
  readonly droppedAttributesCount: number
  readonly flags: number
}

/** Unset, ok, error. */
export type OtlpStatus = { readonly code: 0 | 1 | 2; readonly message?: string }

export type OtlpAttribute = { readonly key: string; readonly value: OtlpValue }
export type OtlpValue =
  | { readonly stringValue: string }
  | { readonly boolValue: boolean }
  | { readonly intValue: string }
  | { readonly doubleValue: number }
  | { readonly arrayValue: { readonly values: readonly OtlpValue[] } }

/** One line of a file, or one of the parts of a `TracesData`. */
export type OtlpResourceSpans = {
  readonly resource: {
    readonly attributes: readonly OtlpAttribute[]
    readonly droppedAttributesCount: number
  }
  readonly scopeSpans: readonly {
    readonly scope: { readonly name: string; readonly version: string }
    readonly spans: readonly OtlpSpan[]
  }[]
}

export const sampledFlags = 0x101

/** What stands under `null` is left out. */
export function attributesOf(values: {
  readonly [key: string]: Json | undefined
}): readonly OtlpAttribute[] {
  return Object.entries(values).flatMap(([key, value]) =>
    value === undefined || value === null ? [] : [{ key, value: valueOf(value) }],
  )
}

/** A list of texts stays one; what is deeper is told as the text of its JSON. */
function valueOf(value: Exclude<Json, null>): OtlpValue {
  if (typeof value === 'string') return { stringValue: clipped(value) }
  if (typeof value === 'boolean') return { boolValue: value }
  if (typeof value === 'number')
    return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value }
  if (isTexts(value)) return { arrayValue: { values: value.slice(0, mostOfAKind).map(valueOf) } }
  return { stringValue: clipped(JSON.stringify(value)) }
}

function isTexts(value: Json): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string')
}

/** [F349] Between two characters. */
function clipped(text: string): string {
  if (text.length <= longestText) return text
  return `${text.slice(0, longestText - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}

export const longestText = 4096
/** Of attributes of a span. */
export const mostOfAKind = 128
export const mostEvents = 1000

/** [F347] Milliseconds as the text of nanoseconds; nothing is before 1970. */
export function nanos(ms: number): string {
  return ms > 0 ? `${Math.floor(ms)}000000` : '0'
}
