import type { Json } from '../../schema/json.ts'
import { isList, isRecord, ownValue } from './jsonShape.ts'

/** Texts that belong to one run alone, such as its id and its folder. */
export type OwnNames = readonly string[]

/**
 * The value without what is there by chance: ids, times, durations, process ids, and the folders it was made in. Its shape
 * stays, so that a pointer into it is a pointer into the value. `key` is the name under which the value stands.
 */
export function steadyValue(value: Json, own: OwnNames, key = ''): Json {
  if (isList(value)) return value.map((item) => steadyValue(item, own, key))
  if (isRecord(value)) return steadyRecord(value, own)
  if (typeof value === 'string') return chanceOf(key) ?? steadyText(value, own)
  return typeof value === 'number' && chanceOf(key) !== null ? 0 : value
}

function steadyRecord(value: { readonly [key: string]: Json }, own: OwnNames): Json {
  const entries = Object.keys(value).map((key): [string, Json] => [
    key,
    steadyValue(ownValue(value, key) ?? null, own, key),
  ])
  return Object.fromEntries(entries)
}

/** What stands for a value that its name says to be an id or a time; null for any other. */
function chanceOf(key: string): string | null {
  if (idName.test(key)) return '<id>'
  return timeName.test(key) || durationName.test(key) ? '<time>' : null
}

/** `id`, `orderId`, `order_id`, `pid`; not `paid`, `grid` or `valid`. */
const idName =
  /^(?:id|Id|ID|uuid|UUID|guid|pid|ppid|processGroup)$|[a-z\d](?:Id|ID|Uuid|UUID|Pid)$|[_-](?:id|uuid|pid)$/
const timeName =
  /^(?:at|time|timestamp|date|now)$|[a-z\d](?:At|Time|Timestamp|Date)$|_(?:at|time|timestamp|date)$/
const durationName =
  /(?:^|[_-])(?:duration|elapsed|took|latency)(?:_?(?:ms|millis|s|seconds))?$|[a-z\d](?:Duration|Elapsed|Latency)(?:Ms|Millis|S|Seconds)?$|^(?:duration|elapsed|took|latency)(?:Ms|Millis|S|Seconds)$/

function steadyText(text: string, own: OwnNames): string {
  let steady = text
  for (const name of own) steady = steady.replaceAll(name, '<own>')
  for (const [pattern, word] of chances) steady = steady.replace(pattern, word)
  return steady
}

const chances: readonly (readonly [RegExp, string])[] = [
  [/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, '<id>'],
  // A run's id: its workflow, when it was made, and something random.
  [/\b[\w.-]+-\d{8}-?t?\d{6}-[a-z\d]{4,12}\b/gi, '<id>'],
  [
    /\b\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?: ?(?:Z|[+-]\d\d:?\d\d)\b)?)?/g,
    '<time>',
  ],
  [/\b\d\d:\d\d:\d\d(?:[.,]\d+)?\b/g, '<time>'],
  [/\b\d+(?:\.\d+)? ?(?:ns|µs|us|ms|s|secs?|seconds?|milliseconds?|mins?|minutes?)\b/g, '<time>'],
  [/\bpid[ =:]*\d+/gi, '<id>'],
  [/(?<![\w/:.~-])(?:\/private)?\/(?:tmp|var\/(?:tmp|folders))\/[^\s"'/]+/g, '<folder>'],
]
