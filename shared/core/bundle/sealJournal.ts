// Writes records again as a journal, with sums that fit: what they say may have changed, their order and numbers have not.
import type { Sha256 } from '../../schema/digest.ts'
import type { Envelope } from '../../schema/journal.ts'
import type { Json } from '../../schema/json.ts'
import { isObject, type JsonObject } from './jsonObject.ts'

export type SealedJournal = {
  readonly text: string
  /** Of each record of before the sum that it has now. */
  readonly sums: ReadonlyMap<string, string>
}

/**
 * [B49] The chain holds as it held before: each record names the sum of the one before it, a keyframe that stands for a thinned
 * record still does, and what records say of sums (in runs, and of gaps) is said of the new ones.
 */
export function sealJournal(
  records: readonly Envelope[],
  change: (record: JsonObject, index: number) => JsonObject,
  sha256: Sha256,
): SealedJournal {
  const sums = new Map<string, string>()
  const lines = records.map((record, index) => {
    const { seq, at, epoch, prev, sum, ...body } = record
    const changed = withSums(change(body as JsonObject, index), sums) // loose fields came from JSON
    const start = JSON.stringify({
      seq,
      at,
      epoch,
      ...changed,
      prev: sums.get(prev) ?? prev,
    }).slice(0, -1)
    const sealed = sha256(start).slice(0, 32)
    sums.set(sum, sealed)
    return `${start},"sum":"${sealed}"}\n`
  })
  return { text: lines.join(''), sums }
}

/** What a record says of sums, said of those that were made anew. */
function withSums(body: JsonObject, sums: ReadonlyMap<string, string>): JsonObject {
  const run = body['run']
  const dropped = body['dropped']
  return {
    ...body,
    ...(isObject(run) ? { run: sealedRun(run, sums) } : {}),
    ...(Array.isArray(dropped) ? { dropped: dropped.map((gap) => sealedGap(gap, sums)) } : {}),
  }
}

/** A run with the sum that the record in its `journal` has now. */
export function sealedRun(run: JsonObject, sums: ReadonlyMap<string, string>): JsonObject {
  const journal = run['journal']
  if (!isObject(journal) || typeof journal['sum'] !== 'string') return run
  return { ...run, journal: { ...journal, sum: sums.get(journal['sum']) ?? journal['sum'] } }
}

function sealedGap(gap: Json, sums: ReadonlyMap<string, string>): Json {
  if (!isObject(gap) || typeof gap['sumBefore'] !== 'string') return gap
  return { ...gap, sumBefore: sums.get(gap['sumBefore']) ?? gap['sumBefore'] }
}
