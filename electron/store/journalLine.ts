// One line of the journal: a record, and the digest that proves it.
import { parseJsonIfAny } from '../../shared/schema/parseJson.ts'
import { isUtf8 } from 'node:buffer'
import { hash } from 'node:crypto'
import {
  Envelope,
  RecordBody,
  recordTypes,
  type JournalRecord,
  type KnownRecord,
  type RecordOf,
} from '../../shared/schema/journal.ts'
import type { JournalFlawKind } from '../../shared/schema/journalReading.ts'
import { AppError } from '../../shared/errors.ts'
import { Timestamp } from '../../shared/schema/json.ts'
import { keepUnread } from '../../shared/schema/keepUnread.ts'
import { reservedStep } from '../../shared/schema/reservedStep.ts'
import { copyAsJson } from './copyAsJson.ts'
import { readRunLists } from './readRunLists.ts'
import type { Steps } from './steps.ts'
import { createTextRoom, type TextRoom } from './textRoom.ts'

/** What the store adds to a record. */
export type Link = {
  readonly seq: number
  readonly at: string
  readonly epoch: number
  readonly prev: string
}

export type LineReading = { readonly kind: 'record'; readonly item: JournalRecord } | FlawedLine

type BodyReading = { readonly kind: 'known'; readonly record: KnownRecord } | FlawedLine

type FlawedLine = {
  readonly kind: 'flawed'
  readonly flaw: JournalFlawKind
  readonly sentence: string
}

export type EncodedLine = { readonly bytes: Uint8Array; readonly record: KnownRecord }

/** A record as its line, with the newline, and as a reader will find it. The bytes lie at the end of the room. */
export function encodeLine(
  body: RecordBody,
  link: Link,
  room: TextRoom = createTextRoom(),
): EncodedLine {
  const line = writeLine(body, link, room)
  return asRead(line, readBody(line.value, line.envelope))
}

/** The same in small steps: a record that carries a whole run may have megabytes. */
export function* encodeLineSteps(
  body: RecordBody,
  link: Link,
  room: TextRoom = createTextRoom(),
): Steps<EncodedLine> {
  const line = writeLine(body, link, room)
  yield
  return asRead(line, yield* readBodySteps(line.value, line.envelope))
}

type WrittenLine = {
  readonly bytes: Uint8Array
  readonly value: Readonly<Record<string, unknown>>
  readonly envelope: Envelope
}

function writeLine(body: RecordBody, link: Link, room: TextRoom): WrittenLine {
  const { seq, at, epoch, prev } = link
  const { type } = body
  const value: Record<string, unknown> = { seq, at, epoch, type }
  copyFields(body, value)
  value['prev'] = prev
  value['sum'] = noSum
  const start = room.sizeBytes()
  room.add(JSON.stringify(value))
  room.add('\n')
  const bytes = room.bytes(start)
  const sum = sumOf(bytes.subarray(0, -sumLength - 1))
  bytes.write(sum, bytes.byteLength - noSum.length - 3, 'latin1')
  value['sum'] = sum
  if (!Timestamp.safeParse(at).success) throw misfitError(type, `"${at}" is no time.`)
  return { bytes, value, envelope: { seq, at, epoch, type, prev, sum } }
}

/** A line that a reader would refuse must not get into a journal. */
function asRead({ bytes, envelope }: WrittenLine, reading: BodyReading): EncodedLine {
  if (reading.kind === 'flawed') throw misfitError(envelope.type, reading.sentence)
  return { bytes, record: reading.record }
}

function misfitError(type: string, sentence: string): AppError {
  return new AppError('bug', `A "${type}" record does not fit its schema. ${sentence}`)
}

/**
 * What a record says, in one pass: this is on the way of every write. It is a copy, so that nothing that the author of the
 * body still holds makes what is given back differ from what was written. The envelope is the store's: what a body brings
 * of one is left out.
 */
function copyFields(body: object, into: Record<string, unknown>): void {
  for (const key of Object.keys(body)) {
    if (envelopeFields.has(key)) continue
    const value = copyAsJson(Reflect.get(body, key))
    if (value === undefined) continue
    if (key === '__proto__') Object.defineProperty(into, key, { ...ownField, value })
    else into[key] = value
  }
}

/** Verifies a line by itself, without its newline: shape and sum. Its place in the chain is the reader's matter. */
export function readLine(line: Uint8Array): LineReading {
  const text = decodeLine(line)
  const value = text === null ? undefined : parseJsonIfAny(text)
  if (text === null || value === undefined) return flawed('not-json', 'it is no JSON')
  const sum = sumEnding.exec(text.slice(-sumLength))?.[1]
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
  const reading = readBody(value, envelope.data)
  if (reading.kind === 'flawed') return reading
  return { kind: 'record', item: { kind: 'known', record: reading.record } }
}

/** As `readBody`; the lists of a run that grow with it are read a few entries at a time. */
function* readBodySteps(
  value: Readonly<Record<string, unknown>>,
  envelope: Envelope,
): Steps<BodyReading> {
  const apart = yield* readRunLists(value['run'])
  if (apart === null) return readBody(value, envelope)
  const reading = readBody({ ...value, run: apart.rest }, envelope)
  if (reading.kind === 'flawed' || !carriesRun(reading.record)) return reading
  const run = apart.putBack(reading.record.run)
  if (reservedStep(run) !== null) return readBody(value, envelope)
  return { kind: 'known', record: { ...reading.record, run } }
}

function readBody(value: unknown, envelope: Envelope): BodyReading {
  const body = RecordBody.safeParse(value)
  if (!body.success) return flawed('shape', describe(body.error))
  const record = keepUnread(value, { ...envelope, ...body.data })
  const reserved = carriesRun(record) ? reservedStep(record.run) : null
  if (reserved !== null) return flawed('shape', 'No step may be named __proto__.')
  return { kind: 'known', record }
}

function carriesRun(record: RecordBody): record is RecordOf<'runCreated' | 'keyframe'> {
  return record.type === 'runCreated' || record.type === 'keyframe'
}

function sumOf(bytes: Uint8Array): string {
  return hash('sha256', bytes).slice(0, 32)
}

function decodeLine(line: Uint8Array): string | null {
  return isUtf8(line) ? decoder.decode(line) : null
}

function flawed(flaw: JournalFlawKind, sentence: string): FlawedLine {
  return { kind: 'flawed', flaw, sentence }
}

function describe(error: {
  readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[]
}): string {
  const issues = error.issues.map(
    ({ path, message }) => `/${path.map(String).join('/')}: ${message}`,
  )
  return `it has not the shape of a record, at ${issues.slice(0, 1).join('')}`
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
const sumEnding = /^,"sum":"([0-9a-f]{32})"\}$/
const noSum = '0'.repeat(32)
const sumLength = ',"sum":""}'.length + noSum.length
const envelopeFields: ReadonlySet<string> = new Set(['seq', 'at', 'epoch', 'type', 'prev', 'sum'])
const ownField = { enumerable: true, writable: true, configurable: true } as const
const knownTypes: ReadonlySet<string> = new Set(recordTypes)
