// Makes rows of heads that are written as this version writes them; of any other nothing is said.
import { retellAge } from '../../../shared/core/diagnose/retellAge.ts'
import type { Sha256 } from '../../../shared/schema/digest.ts'
import type { Timestamp } from '../../../shared/schema/json.ts'
import { createHeadLineReader, type HeadLine } from './headLine.ts'
import type { TextPlace } from './lineReader.ts'
import type { RowTable } from './rowTable.ts'
import { timeText } from './timeKey.ts'

/** A run, and where the start of its head stands. */
export type StartedRun = {
  readonly document: string
  readonly run: string
  readonly sizeBytes: number
  readonly journalBytes: number
  readonly stamp: number
  readonly bytes: Buffer
  readonly from: number
  readonly to: number
}

/** `now` is the same for all runs. What it makes says false where all of the summary has to be looked at. */
export function createHeadRows(
  rows: RowTable,
  { sha256, now }: { readonly sha256: Sha256; readonly now: Timestamp },
): (started: StartedRun) => boolean {
  const { line, read } = createHeadLineReader(sha256)
  const retell = createRetelling(now)
  const readAtMs = Date.parse(now)
  return ({ document, run, sizeBytes, journalBytes, stamp, bytes, from, to }) => {
    if (!read(bytes, from, to) || journalBytes !== line.journalBytes) return false
    const sentence = isText(bytes, line.id, run) ? retell(bytes, line) : null
    if (sentence === null) return false
    return rows.add({ document, stamp, sizeBytes, line, bytes, sentence, readAtMs })
  }
}

function isText(bytes: Uint8Array, { from, to }: TextPlace, text: string): boolean {
  if (to - from !== text.length) return false
  for (let at = 0; at < text.length; at++)
    if (bytes[from + at] !== text.charCodeAt(at)) return false
  return true
}

type Retelling = (bytes: Buffer, line: HeadLine) => string | null

/** Many runs rest for the same reason since the same day: what is told of one is told of the others. */
function createRetelling(now: Timestamp): Retelling {
  const nowMs = Date.parse(now)
  const known = new Map<string, Map<number, string | null>>()
  return (bytes, line) => {
    const { rule, sentence, severity } = line
    const words = bytes.toString('latin1', rule.from, sentence.to)
    const days = daysOf(line, nowMs)
    const ofWords = known.get(words)
    const told = days === null ? undefined : ofWords?.get(days)
    if (told !== undefined) return told
    const reason = {
      rule: bytes.toString('latin1', rule.from, rule.to),
      sentence: bytes.toString('latin1', sentence.from, sentence.to),
      severity: severityOf(bytes.toString('latin1', severity.from, severity.to)),
    }
    const retold = retellAge(reason, timesOf(line), now)?.sentence ?? null
    if (days === null) return retold
    if (known.size > sentencesKept) known.clear()
    known.set(words, (ofWords ?? new Map<number, string | null>()).set(days, retold))
    return retold
  }
}

const sentencesKept = 4096

function severityOf(word: string): 'stuck' | 'attention' | 'moving' | 'resting' {
  return word === 'stuck' || word === 'attention' || word === 'moving' ? word : 'resting'
}

function timesOf({ createdAt, updatedAt, finishedAt }: HeadLine) {
  return {
    createdAt: timeText(createdAt),
    updatedAt: timeText(updatedAt),
    finishedAt: timeText(finishedAt),
  }
}

/**
 * The days since each of the run's moments, as one number; null while any is so young that its age is told in less than days.
 */
function daysOf({ createdAt, updatedAt, finishedAt }: HeadLine, nowMs: number): number | null {
  const created = daysSince(createdAt, nowMs)
  const updated = daysSince(updatedAt, nowMs)
  const finished = Number.isNaN(finishedAt) ? mostDays - 1 : daysSince(finishedAt, nowMs)
  if (created < 2 || updated < 2 || finished < 2) return null
  if (created >= mostDays || updated >= mostDays || finished >= mostDays) return null
  return (created * mostDays + updated) * mostDays + finished
}

const mostDays = 2 ** 17

function daysSince(atMs: number, nowMs: number): number {
  return Math.floor((nowMs - atMs) / 86_400_000)
}
