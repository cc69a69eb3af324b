import type { CallOutput, HandlerInput } from '../../shared/contract/contract.ts'
import type { HistoryRecord } from '../../shared/contract/runReading.ts'
import { summariseRecord } from '../../shared/core/run/summariseRecord.ts'
import type { StoredRecord } from '../../shared/schema/journalReading.ts'
import type { ServiceContext } from './context.ts'
import { readForeignHistory } from './foreignHistory.ts'
import { isShownAsText } from './readDocumentText.ts'
import { readStoredRun } from './openStoredRun.ts'
import { runIdOf } from './refs.ts'

/** A page of the journal, newest or oldest first, with the lines that do not fit. */
export async function readHistory(
  context: ServiceContext,
  input: HandlerInput<'run.history'>,
): Promise<CallOutput<'run.history'>> {
  if (isShownAsText(input.ref)) return readForeignHistory(context, input)
  const opened = await readStoredRun(context, runIdOf(context, input.ref))
  const all = opened.stored.journal?.records ?? []
  const ordered = input.descending ? all.toReversed() : all
  const start = startIndex(ordered, input)
  const page = ordered.slice(start, start + input.limit)
  const textLimit = Math.floor(pageCharacters / input.limit)
  return {
    records: page.map((item) => historyRecord(item, Math.min(textLimit, recordCharacters))),
    nextSeq: ordered[start + input.limit]?.record.seq ?? null,
    total: all.length,
    flaws: opened.reading.findings.filter((finding) => finding.file === 'journal'),
  }
}

const pageCharacters = 300_000
const recordCharacters = 16_384

function startIndex(records: readonly StoredRecord[], input: HandlerInput<'run.history'>): number {
  const { fromSeq } = input
  if (fromSeq === null) return 0
  const index = records.findIndex(({ record }) =>
    input.descending ? record.seq <= fromSeq : record.seq >= fromSeq,
  )
  return index === -1 ? records.length : index
}

function historyRecord(item: StoredRecord, characters: number): HistoryRecord {
  const { record } = item
  const step = 'step' in record && typeof record.step === 'string' ? record.step : null
  return {
    seq: record.seq,
    at: record.at,
    type: record.type,
    step,
    sentence: summariseRecord(item).slice(0, 500),
    offset: item.offset,
    sizeBytes: item.sizeBytes,
    text: JSON.stringify(record).slice(0, characters),
  }
}
