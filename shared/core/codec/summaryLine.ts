import type { Sha256 } from '../../schema/digest.ts'
import type { ListedFacts, Summary } from '../../schema/head.ts'
import { headStart } from '../../schema/headWords.ts'
import type { Run } from '../../schema/run.ts'
import { isSummary } from './isSummary.ts'
import { summarise, withListedFacts } from './summarise.ts'

/** The summary as one line of JSON that ends with the digest of what comes before it. */
export function writeSummaryLine(run: Run, sha256: Sha256, listed: ListedFacts = {}): string {
  const body = JSON.stringify(withListedFacts(summarise(run), run, listed)).slice(0, -1)
  return `${body},"sum":"${sumOf(body, sha256)}"}`
}

/**
 * The start of a head of which nothing but its row may be read: which run of which workflow it is, how it ended and when. No
 * step, error, mark or value.
 */
export function writeSealedStart(run: Run, sha256: Sha256): string {
  const shown = { ...summarise(run), step: null, error: null, sealed: true }
  const relation = run.lineage?.relation
  const body = JSON.stringify({ ...shown, ...(relation === undefined ? {} : { relation }) }).slice(
    0,
    -1,
  )
  return `${headStart}${body},"sum":"${sumOf(body, sha256)}"},\n`
}

const sumPattern = /,"sum":"([0-9a-f]{32})"\}$/

/** The summary of a head, from its first bytes alone; null unless it is whole and its own sum fits. */
export function readSummary(start: string, sha256: Sha256): Summary | null {
  if (!start.startsWith(headStart)) return null
  const end = start.indexOf('\n', headStart.length)
  const line = start.slice(headStart.length, end === -1 ? start.length : end).replace(/,$/, '')
  const sum = sumPattern.exec(line)
  if (sum === null || sum[1] !== sumOf(line.slice(0, sum.index), sha256)) return null
  const value = parseLine(line)
  return isSummary(value) ? value : null
}

function sumOf(text: string, sha256: Sha256): string {
  return sha256(text).slice(0, 32)
}

/** A line whose sum fits was written whole; one forged around the sum is no summary. */
function parseLine(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}
