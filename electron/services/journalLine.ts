// One line of a journal as a list shows it, verified by itself.
import type { JournalLine } from '../../shared/contract/reading.ts'
import { summariseRecord } from '../../shared/core/run/summariseRecord.ts'
import { Envelope, RecordBody, type JournalRecord } from '../../shared/schema/journal.ts'
import type { ServiceContext } from './context.ts'
import { decodeLossy, decodeUtf8 } from './decodeUtf8.ts'
import type { FileBlocks } from './fileBlocks.ts'

export type LinePlace = { readonly start: number; readonly end: number }

/** What the beginning of a line says, without verifying it; null where it is none of a record. */
export async function peekLine(
  blocks: FileBlocks,
  { start, end }: LinePlace,
): Promise<{ readonly type: string; readonly step: string | null } | null> {
  return readBegin(decodeLossy(await blocks.slice(start, Math.min(end, start + beginBytes))))
}

/** Of a long line, which carries a whole run or a large output, only the beginning is read: it says what it is. */
export async function readJournalLine(
  { sha256 }: Pick<ServiceContext, 'sha256'>,
  blocks: FileBlocks,
  { start, end }: LinePlace,
): Promise<JournalLine> {
  const place = { offset: start, sizeBytes: end - start }
  if (place.sizeBytes > longestWhole) {
    const known = readBegin(decodeLossy(await blocks.slice(start, start + beginBytes)))
    return known === null ? flaw(place, 'It is no record') : { kind: 'record', ...known, ...place }
  }
  const decoded = decodeUtf8(await blocks.slice(start, end))
  if ('problem' in decoded) return flaw(place, decoded.problem)
  if (!decoded.text.endsWith('\n')) {
    return flaw(place, 'It is not whole: its write was cut short, or is going on')
  }
  const text = decoded.text.slice(0, -1)
  const sum = sumEnding.exec(text.slice(-sumLength))?.[1]
  if (sum === undefined) return flaw(place, 'It is no record')
  if (sha256(text.slice(0, -sumLength)).slice(0, 32) !== sum) {
    return flaw(place, 'Its sum does not fit its bytes')
  }
  const known = readBegin(text)
  // It has nothing to say but what it carries, which takes long to read.
  if (known?.type === 'keyframe') return { kind: 'record', ...known, ...place }
  const item = readRecord(text)
  if (item === null) return flaw(place, 'It is no record')
  const { seq, at, type } = item.record
  const sentence = summariseRecord(item).slice(0, 500)
  return { kind: 'record', seq, at, type, step: stepOf(item), sentence, ...place }
}

const longestWhole = 256 * 1024
const beginBytes = 1024
const sumEnding = /^,"sum":"([0-9a-f]{32})"\}$/
const sumLength = ',"sum":""}'.length + 32

function flaw(
  place: { readonly offset: number; readonly sizeBytes: number },
  why: string,
): JournalLine {
  return { kind: 'flaw', sentence: `${why.replace(/\.$/, '')}.`, ...place }
}

function readRecord(text: string): JournalRecord | null {
  const value = parse(text)
  const envelope = Envelope.safeParse(value)
  if (!envelope.success) return null
  const body = RecordBody.safeParse(value)
  return body.success
    ? { kind: 'known', record: { ...envelope.data, ...body.data } }
    : { kind: 'unknown', record: envelope.data }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function stepOf({ record }: JournalRecord): string | null {
  return 'step' in record && typeof record.step === 'string' ? record.step : null
}

/** What the writer puts first. */
const begin =
  /^\{"seq":(\d+),"at":"([^"]{1,40})","epoch":\d+,"type":"(\w{1,100})"(?:,"step":"([^"\\]{1,200})")?/

function readBegin(text: string) {
  const [, seq, at, type, step = null] = begin.exec(text) ?? []
  if (seq === undefined || at === undefined || type === undefined) return null
  const sentence = type === 'keyframe' ? keyframeSentence : longSentence
  return { seq: Number(seq), at, type, step, sentence }
}

const keyframeSentence = 'The whole state was written.'
const longSentence = 'A long record: its text is read when it is chosen.'
