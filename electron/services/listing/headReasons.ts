import { retellAge } from '../../../shared/core/diagnose/retellAge.ts'
import { goneReason } from '../../../shared/core/diagnose/summaryReason.ts'
import type { Timestamp } from '../../../shared/schema/json.ts'
import type { HeadLines, RunHeads } from '../../store/sweepPart.ts'
import type { HeadReason } from './headRow.ts'
import type { TextCode } from './pooledTexts.ts'
import type { RowTable } from './rowTable.ts'
import { createTextPool } from './textPool.ts'
import { timeText } from './timeKey.ts'

/** Why the run of a head does not move, as it is told now; null where the head alone does not tell. */
export type HeadReasons = (heads: RunHeads, bytes: Buffer, index: number) => HeadReason | null

type Retold = { readonly rule: string; readonly sentence: string; readonly severity: string } | null

/** Many runs rest for the same reason since the same day: what is told of one is told of the others. */
export function createHeadReasons(rows: RowTable, now: Timestamp): HeadReasons {
  const nowMs = Date.parse(now)
  /** Reasons as they stand in heads, all of their bytes, of whatever characters: nothing is read of them here. */
  let words = createTextPool()
  let known: Map<number, HeadReason | null>[] = []
  let lately: TextCode = 0
  const gone = new Map<number, HeadReason | null>()

  const coded = (reason: Retold, isGone: boolean): HeadReason | null =>
    reason && {
      rule: rows.intern(reason.rule),
      sentence: rows.intern(reason.sentence),
      severity: rows.intern(reason.severity),
      isGone,
    }
  return ({ lines, bytes: all }, bytes, index) => {
    const days = daysOf(lines, index, nowMs)
    const from = lines.rule[index * 2] ?? 0
    if (from === 0) {
      if (!isMoving(lines, bytes, index)) return null
      return once(gone, days, () => coded(goneReason(timesAt(lines, index).updatedAt, now), true))
    }
    if (words.size() > reasonsKept) {
      words = createTextPool()
      known = []
      lately = 0
    }
    lately = words.internBytes({ bytes: all, from, to: lines.severity[index * 2 + 1] ?? 0 }, lately)
    const told = (known[lately] ??= new Map<number, HeadReason | null>())
    return once(told, days, () => coded(retold(lines, { bytes, index, now }), false))
  }
}

const reasonsKept = 4096

/** By the days since its moments; null: they are too few to be the same for long. */
function once(
  told: Map<number, HeadReason | null>,
  days: number | null,
  tell: () => HeadReason | null,
): HeadReason | null {
  const before = days === null ? undefined : told.get(days)
  if (before !== undefined) return before
  const reason = tell()
  if (days !== null) told.set(days, reason)
  return reason
}

function retold(
  lines: HeadLines,
  head: { readonly bytes: Buffer; readonly index: number; readonly now: Timestamp },
): Retold {
  const { bytes, index, now } = head
  const textAt = (places: Uint32Array): string =>
    bytes.toString('utf8', places[index * 2], places[index * 2 + 1])
  const severity = severityOf(textAt(lines.severity))
  const reason = { rule: textAt(lines.rule), sentence: textAt(lines.sentence), severity }
  return retellAge(reason, timesAt(lines, index), now)
}

function severityOf(word: string): 'stuck' | 'attention' | 'moving' | 'resting' {
  return word === 'stuck' || word === 'attention' || word === 'moving' ? word : 'resting'
}

/** It says that it runs or waits; a thread that waits is another matter. */
function isMoving({ status, kind }: HeadLines, bytes: Buffer, index: number): boolean {
  const wordAt = (places: Uint32Array): string =>
    bytes.toString('latin1', places[index * 2], places[index * 2 + 1])
  const word = wordAt(status)
  return word === 'running' || (word === 'waiting' && wordAt(kind) !== 'thread')
}

/** Spelt out when they are asked for: most reasons tell no age. */
function timesAt({ createdAt, updatedAt, finishedAt }: HeadLines, index: number) {
  return {
    get createdAt() {
      return timeText(createdAt[index] ?? Number.NaN)
    },
    get updatedAt() {
      return timeText(updatedAt[index] ?? Number.NaN) ?? ''
    },
    get finishedAt() {
      return timeText(finishedAt[index] ?? Number.NaN)
    },
  }
}

/**
 * The days since each of the run's moments, as one number; null while any is so young that its age is told in less than days.
 */
function daysOf(
  { createdAt, updatedAt, finishedAt }: HeadLines,
  index: number,
  nowMs: number,
): number | null {
  const created = daysSince(createdAt[index] ?? Number.NaN, nowMs)
  const updated = daysSince(updatedAt[index] ?? Number.NaN, nowMs)
  const ended = finishedAt[index] ?? Number.NaN
  const finished = Number.isNaN(ended) ? mostDays - 1 : daysSince(ended, nowMs)
  if (created < 2 || updated < 2 || finished < 2) return null
  if (created >= mostDays || updated >= mostDays || finished >= mostDays) return null
  return (created * mostDays + updated) * mostDays + finished
}

const mostDays = 2 ** 17

function daysSince(atMs: number, nowMs: number): number {
  return Math.floor((nowMs - atMs) / 86_400_000)
}
