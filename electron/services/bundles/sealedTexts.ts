// Head and journal of a whole run with its secrets masked, and with sums and checksum that fit.
import { encodeHead } from '../../../shared/core/codec/encodeHead.ts'
import { listedFacts } from '../../../shared/core/diagnose/listedFacts.ts'
import { isObject, type JsonObject } from '../../../shared/core/bundle/jsonObject.ts'
import { learnSecrets, redactRecord, redactRun } from '../../../shared/core/bundle/redactRun.ts'
import { sealJournal, sealedRun } from '../../../shared/core/bundle/sealJournal.ts'
import { recordWithoutPlaces, withoutPlaces } from '../../../shared/core/bundle/withoutPlaces.ts'
import type { Redactor } from '../../../shared/core/secrets/redact.ts'
import { AppError } from '../../../shared/errors.ts'
import { RecordBody } from '../../../shared/schema/journal.ts'
import { keepUnread } from '../../../shared/schema/keepUnread.ts'
import { Run, runAsJson } from '../../../shared/schema/run.ts'
import type { ServiceContext } from '../context.ts'
import type { OpenedRun } from '../openStoredRun.ts'

export type Texts = { readonly head: string; readonly journal: string }

type Change = {
  readonly run: (run: JsonObject) => JsonObject
  readonly record: (record: JsonObject, line: number) => JsonObject
}

export function sealedTexts(
  context: ServiceContext,
  opened: OpenedRun,
  options: { readonly redactor: Redactor; readonly paths: boolean },
): Texts {
  const { redactor, paths } = options
  const { id } = opened.stored
  const file = `runs/${id}/journal.jsonl`
  return changedTexts(context, opened, {
    run: (run) => redactRun(paths ? run : withoutPlaces(run), redactor, `runs/${id}/run.json`),
    record: (record, line) =>
      redactRecord(paths ? record : recordWithoutPlaces(record), redactor, { file, line }),
  })
}

/** Whether all of its journal was read: only then can it be written again. */
export function isWhole({ run, stored }: OpenedRun): boolean {
  return run !== null && (stored.journal?.flaws.length ?? 0) === 0
}

/** What head and journal of a run hide is found again in its logs. */
export function learnFrom({ run, stored }: OpenedRun, redactor: Redactor): void {
  const json = run === null ? undefined : runAsJson(run)
  const records = (stored.journal?.records ?? []).map(({ record }) => record as JsonObject) // came from JSON
  learnSecrets(isObject(json) ? json : null, records, redactor)
}

/** Throws `invalid-input` where what comes of a change is no run any more: then nothing of it is written. */
export function changedTexts(
  { sha256 }: Pick<ServiceContext, 'sha256'>,
  { stored, run }: OpenedRun,
  change: Change,
): Texts {
  if (run === null)
    throw new AppError('corrupt', `Run ${stored.id} cannot be read. Repair it first.`)
  const records = (stored.journal?.records ?? []).map(({ record }) => record)
  const sealed = sealJournal(
    records,
    (record, index) => {
      const changed = change.record(record, index + 1)
      if (RecordBody.options.some((body) => body.shape.type.value === record['type']))
        requireRead(RecordBody.safeParse(changed), stored.id)
      return changed
    },
    sha256,
  )
  const json = runAsJson(run)
  if (!isObject(json)) throw new AppError('bug', 'A run is no object.')
  const changed = sealedRun(change.run(json), sealed.sums)
  const read = Run.safeParse(changed)
  requireRead(read, stored.id)
  const whole = keepUnread(changed, read.data ?? run)
  const journalBytes = Buffer.byteLength(sealed.text)
  const listed = listedFacts(whole, { journalBytes, records: [] })
  return { head: encodeHead(whole, sha256, listed), journal: sealed.text }
}

function requireRead(
  result: { readonly success: boolean; readonly error?: { readonly issues: readonly Issue[] } },
  run: string,
): void {
  if (result.success) return
  const place = result.error?.issues[0]?.path.map(String).join('/') ?? ''
  throw new AppError(
    'invalid-input',
    `Run ${run} cannot be written so: at /${place} it would be no run any more. Nothing of it was written. Leave it out, or take it as it is, without masking.`,
    { run },
  )
}

type Issue = { readonly path: readonly PropertyKey[] }
