import { RunMarks, type Summary } from '../../schema/head.ts'
import { RunId } from '../../schema/ids.ts'
import { Timestamp } from '../../schema/json.ts'
import { runStatuses, severities } from '../../schema/headWords.ts'
import { Lineage, RunKind } from '../../schema/run.ts'

/**
 * Says what `Summary` says of a value that came from JSON, without a copy of it: a first list asks it of a hundred thousand
 * runs.
 */
export function isSummary(value: unknown): value is Summary {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const fields = value as { readonly [key: string]: unknown } // an object of JSON
  for (const key in checks) if (!checks[key]?.(own(fields, key))) return false
  return true
}

type Check = (value: unknown) => boolean

/** A key that the object does not have itself is none, whatever `Object.prototype` has. */
function own(fields: { readonly [key: string]: unknown }, key: string): unknown {
  return Object.hasOwn(fields, key) ? fields[key] : undefined
}

const isText: Check = (value) => typeof value === 'string'
const isCount: Check = (value) => Number.isSafeInteger(value)
const isFlag: Check = (value) => typeof value === 'boolean'
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value)
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value)
const oneOf = (words: readonly string[]): Check => {
  const known = new Set<unknown>(words)
  return (value) => known.has(value)
}

/** Digits where digits stand, and a day that is in every month; any other is asked of the schema. */
const plainTime =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/
const isTime: Check = (value) =>
  (typeof value === 'string' && plainTime.test(value)) || Timestamp.safeParse(value).success

const isReason: Check = (value) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const { rule, sentence, severity } = value as { readonly [key: string]: unknown } // an object of JSON
  return isText(rule) && isText(sentence) && oneOf(severities)(severity)
}

const checks: { readonly [key: string]: Check } = {
  id: (value) => RunId.safeParse(value).success,
  kind: oneOf(RunKind.options),
  workflow: isText,
  version: orNull(isText),
  status: oneOf(runStatuses),
  step: orNull(isText),
  stepsDone: isCount,
  stepsTotal: isCount,
  attempts: isCount,
  checkpoints: isCount,
  createdAt: isTime,
  updatedAt: isTime,
  finishedAt: orNull(isTime),
  error: orNull(isText),
  parent: orNull(isText),
  pinned: isFlag,
  seq: isCount,
  journalBytes: optional(orNull(isCount)),
  relation: optional(oneOf(Lineage.shape.relation.options)),
  origin: optional(isText),
  errorName: optional(isText),
  marks: optional((value) => RunMarks.safeParse(value).success),
  reason: optional(isReason),
  sum: isText,
}
