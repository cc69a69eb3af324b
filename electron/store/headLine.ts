// Reads the summary line of a head from its bytes, without a value or a string, where it is written as this version writes it:
// a first list asks it of a hundred thousand runs.
//
// One loop over a table of what stands in a line: where a function spells all of it out, the engine works longer at making it
// quick than a hundred thousand lines take to read.
import { hash } from 'node:crypto'
import { headStart } from '../../shared/schema/headWords.ts'
import { ascii, errorNameFields, reasonFields, usualFields, type HeadField } from './headFields.ts'
import type { HeadLines } from './headLines.ts'
import {
  countAt,
  endOfCount,
  endOfProse,
  endOfText,
  hasBytes,
  timeAt,
  timeLength,
} from './lineReader.ts'

/** The columns, and which head's place in them is filled from which bytes. */
export type HeadLineTask = {
  readonly bytes: Uint8Array
  readonly lines: HeadLines
  readonly index: number
}

/**
 * Fills a place of the columns from the first bytes of a head. False, with nothing said, where they are none, their sum does
 * not fit, or anything in them is unusual: then `readSummary` says what they are.
 */
export function readHeadLine(task: HeadLineTask, from: number, to: number): boolean {
  const { bytes } = task
  if (!hasBytes(bytes, from, start)) return false
  const bodyFrom = from + start.length
  const bodyTo = readBody(task, bodyFrom)
  const sumFrom = bodyTo + sumKey.length
  const sumTo = sumFrom + sumLength
  if (bodyTo === -1 || sumTo + lineEnd.length > to || !hasBytes(bytes, bodyTo, sumKey)) return false
  if (!hasBytes(bytes, sumTo, lineEnd)) return false
  const digest = hash('sha256', bytes.subarray(bodyFrom, bodyTo))
  for (let at = 0; at < sumLength; at++)
    if (bytes[sumFrom + at] !== digest.charCodeAt(at)) return false
  return true
}

const start = ascii(headStart)
const sumKey = ascii(',"sum":"')
const lineEnd = ascii('"},\n')
/** Digits that the digest begins with. */
const sumLength = 32

/** Where the line's body ends; -1 where anything is unusual. */
function readBody(task: HeadLineTask, from: number): number {
  const { bytes } = task
  let at = readFields(task, usualFields, from)
  if (at !== -1 && hasBytes(bytes, at, errorNameKey)) at = readFields(task, errorNameFields, at)
  else tellNothing(task, errorNameFields)
  if (at === -1) return -1
  if (hasBytes(bytes, at, sumKey)) {
    tellNothing(task, reasonFields)
    return at
  }
  at = readFields(task, reasonFields, at)
  return at !== -1 && bytes[at] === closingBrace ? at + 1 : -1
}

const errorNameKey = ascii(',"errorName":')
const closingBrace = 0x7d

/** Where the last of the values ends; -1 where anything is unusual. */
function readFields(task: HeadLineTask, fields: readonly HeadField[], from: number): number {
  const { bytes } = task
  let at = from
  for (let place = 0; place < fields.length; place++) {
    const field = fields[place]
    if (field === undefined || !hasBytes(bytes, at, field.key)) return -1
    at += field.key.length
    const isNull = field.isNullable && hasBytes(bytes, at, literals.null)
    if (isNull) {
      tellNull(task, field)
      at += literals.null.length
    } else at = isText(field) ? readText(task, field, at) : readNumber(task, field, at)
    if (at === -1) return -1
  }
  return at
}

function isText({ kind }: HeadField): boolean {
  return kind === 'text' || kind === 'prose'
}

const literals = { null: ascii('null'), true: ascii('true'), false: ascii('false') }

function tellNothing(task: HeadLineTask, fields: readonly HeadField[]): void {
  for (const field of fields) tellNull(task, field)
}

function tellNull({ lines, index }: HeadLineTask, field: HeadField): void {
  const at = field.column * lines.count + index
  if (!isText(field)) lines.numbers[at] = Number.NaN
  else {
    lines.texts[at * 2] = 0
    lines.texts[at * 2 + 1] = 0
  }
}

/** Where the text ends; -1 where it is unusual. */
function readText({ bytes, lines, index }: HeadLineTask, field: HeadField, at: number): number {
  const last = field.kind === 'prose' ? endOfProse(bytes, at) : endOfText(bytes, at)
  if (last === -1 || (field.words !== null && !isOneOf(field.words, bytes, at + 1, last))) return -1
  const place = (field.column * lines.count + index) * 2
  lines.texts[place] = at + 1
  lines.texts[place + 1] = last
  return last + 1
}

function isOneOf(
  words: readonly Uint8Array[],
  bytes: Uint8Array,
  from: number,
  to: number,
): boolean {
  for (let place = 0; place < words.length; place++) {
    const word = words[place]
    if (word?.length === to - from && hasBytes(bytes, from, word)) return true
  }
  return false
}

/** The same of a count, a time or a flag. */
function readNumber({ bytes, lines, index }: HeadLineTask, field: HeadField, at: number): number {
  const { kind, column } = field
  const place = column * lines.count + index
  if (kind === 'time') {
    const ms = timeAt(bytes, at)
    lines.numbers[place] = ms
    return Number.isNaN(ms) ? -1 : at + timeLength
  }
  if (kind === 'count') {
    const last = endOfCount(bytes, at)
    lines.numbers[place] = last === -1 ? 0 : countAt(bytes, at, last)
    return last
  }
  const isTrue = hasBytes(bytes, at, literals.true)
  lines.numbers[place] = isTrue ? 1 : 0
  if (isTrue) return at + literals.true.length
  return hasBytes(bytes, at, literals.false) ? at + literals.false.length : -1
}
