// Reads the summary line of a head from its bytes, without a value or a string, where it is written as this version writes it:
// a first list asks it of a hundred thousand runs.
import { headStart } from '../../../shared/schema/headWords.ts'
import type { Sha256 } from '../../../shared/schema/digest.ts'
import { RunKind, runStatuses } from '../../../shared/schema/run.ts'
import { createLineReader, type LineReader, type TextPlace } from './lineReader.ts'

/** What a line says. There is one for all lines, filled anew with each. */
export type HeadLine = {
  readonly id: TextPlace
  readonly workflow: TextPlace
  readonly version: TextPlace
  readonly status: TextPlace
  readonly step: TextPlace
  readonly rule: TextPlace
  readonly sentence: TextPlace
  readonly severity: TextPlace
  readonly error: TextPlace
  readonly errorName: TextPlace
  stepsDone: number
  stepsTotal: number
  attempts: number
  checkpoints: number
  /** Milliseconds; NaN for null. */
  createdAt: number
  updatedAt: number
  finishedAt: number
  pinned: boolean
  journalBytes: number
}

export type HeadLineReader = {
  readonly line: HeadLine
  /**
   * Fills the line from the first bytes of a head. False, with nothing said, where they are none, their sum does not fit, or
   * anything in them is unusual: then `readSummary` says what they are.
   */
  readonly read: (bytes: Buffer, from: number, to: number) => boolean
}

export function createHeadLineReader(sha256: Sha256): HeadLineReader {
  const line = emptyLine()
  const reader = createLineReader()
  const rest = none()
  return {
    line,
    read: (bytes, from, to) => {
      reader.begin(bytes, from, to)
      if (!reader.skip(starts.head)) return false
      const bodyFrom = reader.at()
      if (!readFields(reader, line, rest)) return false
      // The brace that ends the reason belongs to it.
      const bodyTo = reader.at() + 1
      if (!reader.skip(starts.sum) || !reader.text(rest) || !reader.skip(starts.end)) return false
      return isSum(bytes, rest, sha256(bytes.toString('latin1', bodyFrom, bodyTo)))
    },
  }
}

const ascii = (text: string): Uint8Array => Buffer.from(text, 'latin1')
const starts = {
  head: ascii(headStart),
  id: ascii('{"id":'),
  kind: ascii(',"kind":'),
  workflow: ascii(',"workflow":'),
  version: ascii(',"version":'),
  status: ascii(',"status":'),
  step: ascii(',"step":'),
  stepsDone: ascii(',"stepsDone":'),
  stepsTotal: ascii(',"stepsTotal":'),
  attempts: ascii(',"attempts":'),
  checkpoints: ascii(',"checkpoints":'),
  createdAt: ascii(',"createdAt":'),
  updatedAt: ascii(',"updatedAt":'),
  finishedAt: ascii(',"finishedAt":'),
  error: ascii(',"error":'),
  errorName: ascii(',"errorName":'),
  parent: ascii(',"parent":null,"pinned":'),
  seq: ascii(',"seq":'),
  journalBytes: ascii(',"journalBytes":'),
  rule: ascii(',"reason":{"rule":'),
  sentence: ascii(',"sentence":'),
  severity: ascii(',"severity":'),
  sum: ascii('},"sum":'),
  end: ascii('},\n'),
}
const kinds = RunKind.options.map(ascii)
const statuses = runStatuses.map(ascii)
const severities = ['stuck', 'attention', 'moving', 'resting'].map(ascii)

/** In the order in which they are written; up to the brace that ends the reason. */
function readFields(reader: LineReader, line: HeadLine, rest: TextPlace): boolean {
  return (
    reader.skip(starts.id) &&
    reader.text(line.id) &&
    reader.skip(starts.kind) &&
    reader.word(rest, kinds) &&
    reader.skip(starts.workflow) &&
    reader.text(line.workflow) &&
    reader.skip(starts.version) &&
    reader.textOrNull(line.version) &&
    reader.skip(starts.status) &&
    reader.word(line.status, statuses) &&
    reader.skip(starts.step) &&
    reader.textOrNull(line.step) &&
    readCounts(reader, line) &&
    readTimes(reader, line) &&
    reader.skip(starts.error) &&
    reader.textOrNull(line.error) &&
    reader.skip(starts.parent) &&
    readPinned(reader, line) &&
    reader.skip(starts.seq) &&
    reader.count() >= 0 &&
    reader.skip(starts.journalBytes) &&
    (line.journalBytes = reader.count()) >= 0 &&
    readErrorName(reader, line) &&
    reader.skip(starts.rule) &&
    reader.text(line.rule) &&
    reader.skip(starts.sentence) &&
    reader.text(line.sentence) &&
    reader.skip(starts.severity) &&
    reader.word(line.severity, severities)
  )
}

function readCounts(reader: LineReader, line: HeadLine): boolean {
  return (
    reader.skip(starts.stepsDone) &&
    (line.stepsDone = reader.count()) >= 0 &&
    reader.skip(starts.stepsTotal) &&
    (line.stepsTotal = reader.count()) >= 0 &&
    reader.skip(starts.attempts) &&
    (line.attempts = reader.count()) >= 0 &&
    reader.skip(starts.checkpoints) &&
    (line.checkpoints = reader.count()) >= 0
  )
}

function readTimes(reader: LineReader, line: HeadLine): boolean {
  if (!reader.skip(starts.createdAt)) return false
  line.createdAt = reader.time()
  if (Number.isNaN(line.createdAt) || !reader.skip(starts.updatedAt)) return false
  line.updatedAt = reader.time()
  if (Number.isNaN(line.updatedAt) || !reader.skip(starts.finishedAt)) return false
  line.finishedAt = Number.NaN
  if (reader.skipNull()) return true
  line.finishedAt = reader.time()
  return !Number.isNaN(line.finishedAt)
}

/** Most heads have none. */
function readErrorName(reader: LineReader, { errorName }: HeadLine): boolean {
  if (reader.skip(starts.errorName)) return reader.text(errorName)
  errorName.from = -1
  errorName.to = -1
  return true
}

function readPinned(reader: LineReader, line: HeadLine): boolean {
  const pinned = reader.flag()
  line.pinned = pinned === true
  return pinned !== null
}

/** Thirty-two digits that the digest begins with. */
function isSum(bytes: Uint8Array, { from, to }: TextPlace, digest: string): boolean {
  if (to - from !== 32) return false
  for (let at = 0; at < 32; at++) if (bytes[from + at] !== digest.charCodeAt(at)) return false
  return true
}

function none(): TextPlace {
  return { from: -1, to: -1 }
}

function emptyLine(): HeadLine {
  return {
    id: none(),
    workflow: none(),
    version: none(),
    status: none(),
    step: none(),
    rule: none(),
    sentence: none(),
    severity: none(),
    error: none(),
    errorName: none(),
    stepsDone: 0,
    stepsTotal: 0,
    attempts: 0,
    checkpoints: 0,
    createdAt: 0,
    updatedAt: 0,
    finishedAt: 0,
    pinned: false,
    journalBytes: 0,
  }
}
