import type { ErrorCode } from '../../shared/errors.ts'

/** What the process ends with when a command fails. */
export const errorExits = {
  bug: 1,
  'invalid-input': 2,
  untrusted: 2,
  'not-found': 3,
  corrupt: 4,
  locked: 5,
  stale: 6,
  'version-too-new': 7,
  io: 10,
  'read-only': 10,
  busy: 10,
  'in-doubt': 10,
  cancelled: 130,
} as const satisfies Record<ErrorCode, number>

/** What it ends with when the command itself did what it was told to. */
export const exits = {
  done: 0,
  notReady: errorExits['invalid-input'],
  findings: errorExits.corrupt,
  staleRows: errorExits.stale,
  runFailed: 8,
  runWaits: 9,
  notSeen: 9,
  failedRows: errorExits.io,
  cancelled: errorExits.cancelled,
} as const

/** One line an exit code, as `--help` shows them. */
export const exitLines: readonly (readonly [string, string])[] = [
  ['0', 'done'],
  ['1', 'a defect of Unstuck'],
  [
    '2',
    'wrong use, input that does not fit, a plan that is not ready, or a folder that is not trusted',
  ],
  ['3', 'not found'],
  ['4', 'damaged state (also: check found errors)'],
  ['5', 'another process holds the run'],
  ['6', 'the state changed since the plan was made'],
  ['7', 'written by a newer version'],
  ['8', 'the run failed'],
  ['9', 'the run waits: paused, waiting, nobody carries it, or what was asked for is not seen yet'],
  ['10', 'input or output error, read-only, or some of several items failed'],
  ['130', 'cancelled'],
]

/** The exit code of a run that came to rest, or that nobody carries any more. */
export function exitOfRun(status: string): number {
  switch (status) {
    case 'completed':
      return exits.done
    case 'failed':
      return exits.runFailed
    case 'cancelled':
      return exits.cancelled
    default:
      return exits.runWaits
  }
}

/** The exit code of work on many items: the worst row decides. */
export function exitOfRows(rows: readonly { readonly outcome: string }[]): number {
  const has = (outcome: string): boolean => rows.some((row) => row.outcome === outcome)
  if (has('failed')) return exits.failedRows
  if (has('stale')) return exits.staleRows
  return has('not-reached') ? exits.cancelled : exits.done
}
