// Words that engines have for the state of something, and what they mean here.
import { stringOf, type TextNode } from '../text/parseText.ts'
import type { RunStatus, StepStatus } from '../../../schema/run.ts'

export type StatusWords = { readonly [word: string]: RunStatus }

/** Null for a word that nothing is known of. What a person said of a word wins. */
export function meaningOf(word: string, said: StatusWords): RunStatus | null {
  const lower = word.toLowerCase()
  if (Object.hasOwn(said, lower)) return said[lower] ?? null
  return known.get(plainWord(lower)) ?? null
}

/** The same of a step; `skipped` is a word that only steps have. */
export function stepMeaningOf(word: string, said: StatusWords): StepStatus | null {
  const plain = plainWord(word.toLowerCase())
  if (!Object.hasOwn(said, word.toLowerCase()) && skips.has(plain)) return 'skipped'
  const meaning = meaningOf(word, said)
  if (meaning === null) return null
  return meaning === 'completed' ? 'succeeded' : meaning === 'paused' ? 'waiting' : meaning
}

export function isStatusWord(word: string): boolean {
  return meaningOf(word, {}) !== null || skips.has(plainWord(word.toLowerCase()))
}

/** One short word, as engines write states, whether anything is known of it or not. */
export function isBareWord(node: TextNode): boolean {
  return /^[\p{L}][\p{L}\p{N}_-]{1,39}$/u.test(stringOf(node) ?? '')
}

/** Temporal writes `WORKFLOW_EXECUTION_STATUS_FAILED`. */
function plainWord(lower: string): string {
  return lower.replace(/^.*_status_/, '').replaceAll(/[^a-z]/g, '')
}

const skips: ReadonlySet<string> = new Set(['skipped', 'omitted', 'upstreamskipped', 'bypassed'])

const table: Record<RunStatus, string> = {
  pending:
    'pending queued scheduled created new ready submitted notstarted requested initialized init todo none idle enqueued received prioritized deferred upforreschedule accepted',
  running:
    'running started active inprogress executing processing working begun restarting retrying upforretry retry resuming continuedasnew cancelling terminating unknown',
  waiting:
    'waiting blocked sleeping awaiting waitingforinput waitingforapproval delayed held waitingchildren sensing',
  paused: 'paused suspended stopped interrupted halted onhold pausing',
  failed:
    'failed failure error errored crashed timedout timeout upstreamfailed startupfailure dead broken faulted exception systemerror unhealthy actionrequired rejected',
  completed:
    'completed complete succeeded success successful done finished ok passed closed resolved neutral cached',
  cancelled: 'cancelled canceled aborted terminated killed revoked abandoned stale removed',
}

const known: ReadonlyMap<string, RunStatus> = new Map(
  Object.entries(table).flatMap(
    ([status, list]) => list.split(' ').map((word) => [word, status as RunStatus] as const), // a key of `table`
  ),
)
