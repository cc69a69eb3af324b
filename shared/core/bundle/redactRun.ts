// Masks what a run and its records carry by the rules of `shared/core/secrets`, and leaves what makes them a run.
import { parseJson } from '../../schema/parseJson.ts'
import type { Redactor } from '../secrets/redact.ts'
import { recordMeanings } from '../secrets/recordMeanings.ts'
import { isObject, type JsonObject } from './jsonObject.ts'

/**
 * [B51] The same value at the same place of the run is masked in the same way, whether a head, a keyframe or a single record
 * says it: so a replay of the masked records gives the masked run.
 */
export function redactRun(run: JsonObject, redactor: Redactor, file: string): JsonObject {
  const native = { meanings: ofRun }
  return parsed(redactor.json(JSON.stringify(run), { file, native }))
}

export function redactRecord(
  record: JsonObject,
  redactor: Redactor,
  { file, line }: { readonly file: string; readonly line: number },
): JsonObject {
  const native = { meanings: recordMeanings(record) }
  return parsed(redactor.json(JSON.stringify(record), { file, line, native }))
}

/** [B50] Before anything is masked, so that a log does not tell what the state hides. */
export function learnSecrets(
  run: JsonObject | null,
  records: readonly JsonObject[],
  redactor: Redactor,
): void {
  if (run !== null) redactor.learn(JSON.stringify(run), { native: { meanings: ofRun } })
  for (const record of records)
    redactor.learn(JSON.stringify(record), { native: { meanings: recordMeanings(record) } })
}

function parsed(text: string): JsonObject {
  const value = parseJson(text)
  if (isObject(value as JsonObject)) return value as JsonObject // what was an object before it was masked
  throw new TypeError('A masked object is no object.')
}

const ofRun: ReadonlyMap<string, readonly string[]> = new Map([['', []]])
