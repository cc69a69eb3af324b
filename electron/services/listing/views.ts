import { assertNever } from '../../../shared/assert.ts'
import { RunView, type RunRow } from '../../../shared/contract/runs.ts'
import { shownStatus } from '../../../shared/core/diagnose/shownStatus.ts'

/** What of a row decides in which views it stands. */
export type ViewFacts = Pick<
  RunRow,
  'status' | 'health' | 'liveness' | 'supersededBy' | 'flaws'
> & {
  readonly reason: Pick<RunRow['reason'], 'severity'>
}

/** [L269] Of what a file says of itself no more counts than the word that its row shows. */
export function isInView(row: ViewFacts, view: RunView): boolean {
  // [F192] What belongs to the state of a run is told by the row of that run.
  if (row.health === 'part') return view === 'parts'
  switch (view) {
    case 'all':
      return true
    case 'attention':
      return needsAttention(row)
    case 'running':
    case 'failed':
    case 'completed':
      return shownStatus(row) === view
    case 'waiting':
      // A decision is waited for also where nobody carries the run.
      return row.health === 'ok' && (row.status === 'waiting' || row.status === 'paused')
    case 'damaged':
      return row.health !== 'ok' || isFlawed(row)
    case 'parts':
      return false
    default:
      return assertNever(view)
  }
}

function needsAttention(row: ViewFacts): boolean {
  const { supersededBy, reason, health } = row
  if (supersededBy !== null) return false
  if (isFlawed(row)) return true
  return reason.severity === 'stuck' || reason.severity === 'attention' || health === 'damaged'
}

function isFlawed({ flaws = 0 }: ViewFacts): boolean {
  return flaws > 0
}

/** One bit a view. */
export function viewMask(row: ViewFacts): number {
  return RunView.options.reduce(
    (mask, view) => (isInView(row, view) ? mask | viewBit(view) : mask),
    0,
  )
}

export function viewBit(view: RunView): number {
  return 1 << RunView.options.indexOf(view)
}

/** How many rows stand in each view, kept while rows come and go. */
export type ViewCounts = {
  readonly replace: (before: number, after: number) => void
  readonly all: () => Record<RunView, number>
}

export function createViewCounts(): ViewCounts {
  const counts = RunView.options.map((view) => ({ view, bit: viewBit(view), rows: 0 }))
  const rowsIn = (view: RunView): number => counts.find((one) => one.view === view)?.rows ?? 0
  return {
    replace: (before, after) => {
      if (before === after) return
      for (const count of counts)
        count.rows += ((after & count.bit) === 0 ? 0 : 1) - ((before & count.bit) === 0 ? 0 : 1)
    },
    all: () => ({
      all: rowsIn('all'),
      attention: rowsIn('attention'),
      running: rowsIn('running'),
      waiting: rowsIn('waiting'),
      failed: rowsIn('failed'),
      completed: rowsIn('completed'),
      damaged: rowsIn('damaged'),
      parts: rowsIn('parts'),
    }),
  }
}
