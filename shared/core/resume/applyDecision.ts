import { assertNever } from '../../assert.ts'
import type { ResumeDecision, ResumeStep } from './resumePlan.ts'

/** [S14] The row after a person said what happened. A row that needs no decision stays as it is. */
export function applyDecision(row: ResumeStep, decision: ResumeDecision | null): ResumeStep {
  if (decision === null || row.options.length === 0) return row
  const decided = { ...row, rule: 'S14', decision }
  const { step } = row
  switch (decision.kind) {
    case 'happened': {
      const reason = `You say that ${step} happened: the output that you give is used.`
      return { ...decided, action: 'reuse', reason }
    }
    case 'rerun':
      return { ...decided, action: 'run', reason: `You say that ${step} is to run again.` }
    case 'skip':
      return { ...decided, action: 'skip', reason: `You say that ${step} is to be skipped.` }
    case 'stop':
      return {
        ...decided,
        action: 'blocked',
        reason: `You say that the run is to stop at ${step}.`,
      }
    default:
      return assertNever(decision)
  }
}
