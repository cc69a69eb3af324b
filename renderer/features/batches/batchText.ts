import type { BatchSummary } from '../../../shared/contract/resumeBatch.ts'
import type { BatchOutcome } from '../../../shared/core/batch/batchRecord.ts'
import type { BatchQuestion, ResumeRowOutcome } from '../../../shared/core/batch/resumeBatchPlan.ts'
import { formatCount } from '../../ui/formatCount.ts'

/** Each as a status of `statusLooks`, and in words. */
const phaseLooks = {
  planned: { status: 'pending', word: 'Planned' },
  canary: { status: 'running', word: 'Canary' },
  waiting: { status: 'ask', word: 'Waits for you' },
  running: { status: 'running', word: 'Running' },
  paused: { status: 'paused', word: 'Paused' },
  cancelled: { status: 'cancelled', word: 'Cancelled' },
  done: { status: 'completed', word: 'Done' },
} as const satisfies Record<BatchSummary['phase'], object>

export const outcomeLooks = {
  completed: { status: 'completed', word: 'Completed' },
  failed: { status: 'failed', word: 'Failed' },
  refused: { status: 'blocked', word: 'Not resumed' },
  inDoubt: { status: 'in-doubt', word: 'In doubt' },
  waits: { status: 'waiting', word: 'Waiting' },
  paused: { status: 'paused', word: 'Paused' },
  cancelled: { status: 'cancelled', word: 'Cancelled' },
} as const satisfies Record<BatchOutcome, object>

/** [L332] A batch that is over is as good as the worst that came of its runs. */
export function phaseLook({ phase, counts }: Pick<BatchSummary, 'phase' | 'counts'>): {
  readonly status: string
  readonly word: string
} {
  const [worst] = outcomeCounts({ counts })
  if (phase !== 'done' || worst === undefined) return phaseLooks[phase]
  const { outcome, status, word } = worst
  return outcome === 'completed' ? phaseLooks.done : { status, word: `Some ${word.toLowerCase()}` }
}

export const rowLooks = {
  ready: { status: 'run', word: 'Ready' },
  asks: { status: 'ask', word: 'Asks' },
  blocked: { status: 'blocked', word: 'Blocked' },
  unneeded: { status: 'skip', word: 'Not needed' },
} as const satisfies Record<ResumeRowOutcome, object>

/** What each answer means for all runs that ask. */
export const answerTexts: {
  readonly [K in BatchQuestion['options'][number]]: {
    readonly label: string
    readonly meaning: string
  }
} = {
  reuse: { label: 'Reuse its result', meaning: 'What it returned in the original run is used.' },
  happened: {
    label: 'It happened',
    meaning: 'In all of them its effect is there: it counts as succeeded with this output.',
  },
  rerun: {
    label: 'Run it again',
    meaning: 'In none of them it happened, or repeating it does no harm.',
  },
  skip: { label: 'Skip it', meaning: 'It is left out in all of them.' },
  stop: { label: 'Leave these runs out', meaning: 'They stay as they are: look at each first.' },
}

export function runCount(count: number): string {
  return `${formatCount(count)} ${count === 1 ? 'run' : 'runs'}`
}

/** The parts of a batch that there are, the worst first. */
export function outcomeCounts({ counts }: Pick<BatchSummary, 'counts'>) {
  const order = [
    'failed',
    'refused',
    'inDoubt',
    'waits',
    'paused',
    'cancelled',
    'completed',
  ] as const
  return order.flatMap((outcome) => {
    const count = counts[outcome] ?? 0
    return count === 0 ? [] : [{ outcome, count, ...outcomeLooks[outcome] }]
  })
}
