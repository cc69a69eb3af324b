// One line of the journal: a record, and the digest that proves it.
import { createHash } from 'node:crypto'
import {
  Envelope,
  RecordBody,
  recordTypes,
  type JournalRecord,
  type KnownRecord,
  type RecordOf,
} from '../../shared/schema/journal.ts'
import type { JournalFlawKind } from '../../shared/schema/journalReading.ts'
import { invariant } from '../../shared/assert.ts'
import { keepUnread } from '../../shared/schema/keepUnread.ts'
import { reservedStep } from '../../shared/schema/reservedStep.ts'
import { encodeText } from './files.ts'

/** What the store adds to a record. */
export type Link = {
  readonly seq: number
  readonly at: string
  readonly epoch: number
  readonly prev: string
}

export type LineReading =
  | { readonly kind: 'record'; readonly item: JournalRecord }
  | { readonly kind: 'flawed'; readonly flaw: JournalFlawKind; readonly sentence: string }

/** A record as its line, with the newline, and as a reader will find it. */
export function encodeLine(
  body: RecordBody,
  link: Link,
): { readonly bytes: Uint8Array; readonly record: KnownRecord } {
  const { type, ...rest } = body
  const fields = Object.entries(rest).filter(([name]) => !envelopeFields.has(name))
  const start = { seq: link.seq, at: link.at, epoch: link.epoch, type }
  const whole = JSON.stringify({ ...start, ...Object.fromEntries(fields), prev: link.prev })
  const open = whole.slice(0, -1)
  const line = encodeText(`${open},"sum":"${sumOf(encodeText(open))}"}\n`)
  // Read back: a line that a reader would refuse must not get into a journal.
  const reading = readLine(line.subarray(0, -1))
  invariant(
    reading.kind === 'record' && reading.item.kind === 'known',
    `A "${type}" record does not fit its schema. ${reading.kind === 'flawed' ? reading.sentence : ''}`,
  )
  return { bytes: line, record: reading.item.record }
}

/** Verifies a line by itself, without its newline: shape and sum. Its place in the chain is the reader's matter. */
export function readLine(line: Uint8Array): LineReading {
  const text = decodeLine(line)
  const value = text === null ? undefined : parse(text)
  if (value === undefined) return flawed('not-json', 'it is no JSON')
  const sum = sumEnding.exec(text?.slice(-sumLength) ?? '')?.[1]
  if (sum === undefined) return flawed('shape', 'it does not end with a sum')
  if (sum !== sumOf(line.subarray(0, -sumLength))) {
    return flawed('sum', 'its sum does not fit its bytes')
  }
  return readRecord(value)
}

function readRecord(value: unknown): LineReading {
  const envelope = Envelope.safeParse(value)
  if (!envelope.success) return flawed('shape', describe(envelope.error))
  if (!knownTypes.has(envelope.data.type)) {
    const record = keepUnread(value, envelope.data)
    return { kind: 'record', item: { kind: 'unknown', record } }
  }
  const body = RecordBody.safeParse(value)
  if (!body.success) return flawed('shape', describe(body.error))
  const record = keepUnread(value, { ...envelope.data, ...body.data })
  const reserved = carriesRun(record) ? reservedStep(record.run) : null
  if (reserved !== null) return flawed('shape', 'No step may be named __proto__.')
  return { kind: 'record', item: { kind: 'known', record } }
}

function carriesRun(record: RecordBody): record is RecordOf<'runCreated' | 'keyframe'> {
  return record.type === 'runCreated' || record.type === 'keyframe'
}

function sumOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 32)
}

function decodeLine(line: Uint8Array): string | null {
  try {
    return strictDecoder.decode(line)
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}

/** Undefined, which JSON cannot say, when the text is none. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function flawed(flaw: JournalFlawKind, sentence: string): LineReading {
  return { kind: 'flawed', flaw, sentence }
}

function describe(error: {
  readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[]
}): string {
  const [issue] = error.issues
  return `it has not the shape of a record, at /${issue?.path.map(String).join('/') ?? ''}: ${issue?.message ?? ''}`
}

const strictDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const sumEnding = /^,"sum":"([0-9a-f]{32})"\}$/
const sumLength = ',"sum":""}'.length + 32
const envelopeFields = new Set(['seq', 'at', 'epoch', 'type', 'prev', 'sum'])
const knownTypes: ReadonlySet<string> = new Set(recordTypes)
