import type { CallOutput } from '../../../shared/contract/contract.ts'
import type { BatchItemView, BatchSummary } from '../../../shared/contract/resumeBatch.ts'
import type { BatchOutcome } from '../../../shared/core/batch/batchRecord.ts'
import { shellLine } from '../text/shellLine.ts'
import type { Paint } from '../text/paint.ts'
import { printable } from '../text/printable.ts'
import { count } from '../text/quantities.ts'
import { section, table } from '../text/table.ts'
import { withTrustHint } from '../text/trustHint.ts'

/** How many would go on, what is asked once for many, and why the others are left out. */
export function describeBatchPlan(
  { plan, digest }: CallOutput<'resume.batch.plan'>,
  paint: Paint,
): readonly string[] {
  const { counts, total, steps } = plan
  const asked = plan.questions.map(({ workflow, step, runs, open, options, decision, reads }) => [
    count(runs, 'run'),
    printable(`${workflow}/${step}`),
    decision === null ? `${open} open: ${options.join(' | ')}` : `decided: ${decision.kind}`,
    printable(reads.join('; ')),
  ])
  const left = plan.reasons.map(({ outcome, sentence, count: runs }) => [
    count(runs, 'run'),
    outcome === 'unneeded' ? 'not needed' : outcome,
    printable(withTrustHint(sentence)),
  ])
  const commands = plan.commands.map(({ format, command, count: runs }) => [
    count(runs, 'run'),
    format,
    printable(command),
  ])
  return [
    `${count(total, 'run')}: ${paint('bold', `${counts.ready} ready`)}, ${counts.asks} ask, ${counts.blocked} blocked, ${counts.unneeded} not needed`,
    `${count(steps, 'step')} would run.`,
    ...section('Questions, answered once for all (--decide [WORKFLOW/]STEP=…)', table(asked)),
    ...section('Left out', table(left)),
    ...section('Commands of other engines', table(commands)),
    '',
    `Digest of this plan: ${digest}`,
    ...(plan.ready ? ['Do it: the same command with --apply. It begins with a canary.'] : []),
  ]
}

export function describeBatches({
  batches,
  total,
}: CallOutput<'resume.batch.list'>): readonly string[] {
  if (batches.length === 0)
    return ['No batch was started here. Plan one: unstuck resume --select QUERY --plan']
  const rows = batches.map((batch) => [
    batch.batch,
    phaseWords[batch.phase],
    `${observedOf(batch)} of ${batch.total}`,
    batch.by,
    printable(batch.title),
  ])
  const more = total > batches.length ? [`${total} batches in all; --offset shows more.`] : []
  return [...table(rows), ...more]
}

/** What was asked of each run and what it said; what failed first. */
export function describeBatch(
  { batch, rows, total }: CallOutput<'resume.batch.get'>,
  paint: Paint,
): readonly string[] {
  const told = rows.map((row) => [
    printable(row.document),
    stateWord(row),
    printable(withTrustHint(row.sentence ?? '')),
  ])
  const more = total - rows.length
  return [
    paint('bold', progressOfBatch(batch)),
    ...(batch.because === null ? [] : [printable(batch.because)]),
    ...table(told),
    ...(more > 0
      ? [`${more} more: unstuck batch show ${batch.batch} --offset ${rows.length}`]
      : []),
    ...nextOf(batch),
  ]
}

export function progressOfBatch(batch: BatchSummary): string {
  const told = Object.entries(outcomeWords).flatMap(([outcome, word]) => {
    const runs = batch.counts[outcome as BatchOutcome] ?? 0 // keys of the table above
    return runs === 0 ? [] : [`${runs} ${word}`]
  })
  const underWay = batch.counts['underWay'] ?? 0
  const parts = [...told, ...(underWay === 0 ? [] : [`${underWay} under way`])]
  const done = `${observedOf(batch)} of ${batch.total}`
  return [`Batch ${batch.batch}: ${phaseWords[batch.phase]}, ${done}`, ...parts].join(', ')
}

function nextOf({ phase, batch, pace }: BatchSummary): readonly string[] {
  switch (phase) {
    case 'waiting':
      return [
        '',
        `The canary of ${count(pace.canary, 'run')} is over. The rest: ${shellLine(['unstuck', 'batch', 'continue', batch])}`,
        `Or end it: ${shellLine(['unstuck', 'batch', 'cancel', batch])}`,
      ]
    case 'paused':
      return ['', `Let it go on: ${shellLine(['unstuck', 'batch', 'continue', batch])}`]
    default:
      return []
  }
}

function observedOf({ total, counts }: BatchSummary): number {
  return total - (counts['open'] ?? 0) - (counts['underWay'] ?? 0)
}

function stateWord({ state, outcome }: BatchItemView): string {
  if (outcome !== null) return outcomeWords[outcome]
  return state === 'open' ? 'not begun' : 'under way'
}

const phaseWords = {
  planned: 'planned',
  canary: 'canary',
  waiting: 'waits for you after the canary',
  running: 'running',
  paused: 'paused',
  cancelled: 'cancelled',
  done: 'done',
} as const satisfies Record<BatchSummary['phase'], string>

const outcomeWords = {
  completed: 'completed',
  failed: 'failed',
  refused: 'not resumed',
  inDoubt: 'in doubt',
  waits: 'waiting',
  paused: 'paused',
  cancelled: 'cancelled',
} as const satisfies Record<BatchOutcome, string>
