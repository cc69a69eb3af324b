// The lines of a journal's bytes, each read and verified by itself.
import type { Envelope, JournalRecord } from '../../shared/schema/journal.ts'
import { readLine, type LineReading } from './journalLine.ts'
import type { Steps } from './steps.ts'

export type Line = {
  readonly number: number
  readonly offset: number
  readonly sizeBytes: number
  readonly isTorn: boolean
  readonly reading: LineReading
}

export type SplitOptions = {
  /** Lines from the start that are known already. */
  readonly known: readonly Line[]
  /** `chain`: of a record nothing is kept but its place, so that a long journal does not fill the memory. */
  readonly keep: 'records' | 'chain'
}

export function* splitLines(bytes: Uint8Array, options: SplitOptions): Steps<readonly Line[]> {
  const lines = [...options.known]
  let offset = endOf(options.known)
  let pauseAt = offset + pauseBytes
  while (offset < bytes.byteLength) {
    const newline = bytes.indexOf(newlineByte, offset)
    const end = newline === -1 ? bytes.byteLength : newline + 1
    const isLast = end === bytes.byteLength
    const content = bytes.subarray(offset, newline === -1 ? end : newline)
    const reading = readBounded(content)
    lines.push({
      number: lines.length + 1,
      offset,
      sizeBytes: end - offset,
      isTorn: newline === -1 || (isLast && isCutShort(content)),
      reading: options.keep === 'records' ? reading : onlyPlace(reading),
    })
    offset = end
    if (offset < pauseAt) continue
    yield
    pauseAt = offset + pauseBytes
  }
  return lines
}

export function endOf(lines: readonly Line[]): number {
  const last = lines.at(-1)
  return last === undefined ? 0 : last.offset + last.sizeBytes
}

const pauseBytes = 16 * 1024

/** A text of more cannot be made of it: half a gigabyte is the most that there is. */
const largestLineBytes = 256 * 1024 * 1024

function readBounded(content: Uint8Array): LineReading {
  if (content.byteLength <= largestLineBytes) return readLine(content)
  const [has, most] = [content.byteLength, largestLineBytes].map((size) => Math.round(size / 1e6))
  const sentence = `it has ${has} MB, and at most ${most} MB can be read`
  return { kind: 'flawed', flaw: 'shape', sentence }
}

/** After a power cut a page of zeros may stand in a line whose end is there. */
function isCutShort(content: Uint8Array): boolean {
  return content[0] !== openBrace || content.at(-1) !== closeBrace || content.includes(0)
}

/** Records that explain a gap in the chain stay whole. */
function onlyPlace(reading: LineReading): LineReading {
  if (reading.kind === 'flawed' || explainsGap(reading.item)) return reading
  const { seq, at, epoch, type, prev, sum, standsFor } = reading.item.record
  const place: Envelope = { seq, at, epoch, type, prev, sum }
  const record = standsFor === undefined ? place : { ...place, standsFor }
  return { kind: 'record', item: { kind: 'unknown', record } }
}

function explainsGap({ record }: JournalRecord): boolean {
  return record.type === 'thinned' || record.type === 'repaired'
}

const [newlineByte, openBrace, closeBrace] = [0x0a, 0x7b, 0x7d]
